//! `/api/fn/*`: the app's server functions, and the one place that turns their
//! errors into problem+json (by default they answer 500 with their own text).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::register_explicit;
use takar_app::api::account::{SignedIn, Who};
use takar_app::api::device::DeviceReport;
use takar_app::api::document::Signing;
use takar_app::api::office::{Office, Reply};
use takar_app::api::setup::{FirstRunState, Founding};
use takar_app::api::sop::SopFile;
use takar_app::api::{Problem as Answer, account, device, document, setup, sop};
use takar_domain::record::{DeviceId, RecordId};

use super::answer::problem_json;
use super::body::{MAX_FUNCTION, bounded, text};
use super::caller::{device_cookie, session_cookie, visitor};
use super::router::State as App;
use crate::problem::Problem;
use crate::service::front::Front;
use crate::service::session::Visitor;

/// Makes the functions known. The linker may drop registrations of a library,
/// so each is named.
pub(super) fn register() {
    register_explicit::<account::SignIn>();
    register_explicit::<account::SignOut>();
    register_explicit::<account::AskWho>();
    register_explicit::<account::SetPassword>();
    register_explicit::<account::ChangePassword>();
    register_explicit::<device::ListDevices>();
    register_explicit::<device::ListUnsent>();
    register_explicit::<document::SignDocument>();
    register_explicit::<document::GiveNumber>();
    register_explicit::<setup::AskFirstRunState>();
    register_explicit::<setup::FirstRun>();
    register_explicit::<setup::ResetDemo>();
    register_explicit::<sop::ReadSop>();
    register_explicit::<sop::WriteSop>();
}

/// Runs a server function for its caller.
pub(super) async fn call(State(app): State<App>, request: Request) -> Response {
    match dispatch(&app, request).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn dispatch(app: &App, request: Request) -> Result<Response, Problem> {
    if request.method() != Method::POST {
        return Err(Problem::Method);
    }
    let json = text(request.headers(), header::CONTENT_TYPE)
        .is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim() == "application/json");
    if !json {
        return Err(Problem::MediaType);
    }
    let known = leptos::server_fn::axum::server_fn_paths().any(|(path, _)| path == request.uri().path());
    if !known {
        return Err(Problem::NotFound);
    }
    let visitor = visitor(request.headers(), request.extensions());
    let (mut parts, body) = request.into_parts();
    let bytes = bounded(body, MAX_FUNCTION).await?;
    // Both would turn answers into redirects meant for pages without scripts.
    parts.headers.remove(header::ACCEPT);
    parts.headers.remove(header::REFERER);
    let request = Request::from_parts(parts, Body::from(bytes));
    let caller =
        Arc::new(Caller { front: Arc::clone(&app.front), visitor, tls: app.tls, out: Mutex::default() });
    let office: Arc<dyn Office> = Arc::clone(&caller) as Arc<dyn Office>;
    let response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(Arc::clone(&office)), request)
            .await
            .into_response();
    let mut response = as_problem(response).await?;
    let out = std::mem::take(&mut *lock(&caller.out));
    for cookie in out.cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if let Some(seconds) = out.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// An error of a server function as problem+json with its own status.
async fn as_problem(response: Response) -> Result<Response, Problem> {
    if response.status().is_success() {
        return Ok(response);
    }
    let body = bounded(response.into_body(), MAX_FUNCTION).await?;
    let answer: Answer = serde_json::from_slice(&body).map_err(|e| Problem::Internal(e.to_string()))?;
    // On the office's side "no answer" means that the arguments are unreadable.
    if answer.status == Answer::NO_ANSWER {
        return Err(Problem::Malformed);
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(problem_json(status, &answer.code, &answer.words))
}

/// The office as one request sees it.
struct Caller {
    front: Arc<Front>,
    visitor: Visitor,
    tls: bool,
    out: Mutex<Out>,
}

/// What the answer carries besides its body.
#[derive(Default)]
struct Out {
    cookies: Vec<HeaderValue>,
    retry_after: Option<i64>,
}

impl Caller {
    fn give(&self, cookie: Option<HeaderValue>) {
        lock(&self.out).cookies.extend(cookie);
    }

    /// A result of the service as the server function answers it.
    fn answer<T>(&self, result: Result<T, Problem>) -> Result<T, Answer> {
        result.map_err(|problem| {
            lock(&self.out).retry_after = problem.retry_after();
            problem.into()
        })
    }

    async fn admit(
        &self,
        username: &str,
        password: String,
        device: Option<DeviceId>,
    ) -> Result<SignedIn, Problem> {
        let admitted = self.front.sign_in(&self.visitor, username, password, device).await?;
        self.give(session_cookie(&admitted.token, self.tls));
        self.give(device_cookie(admitted.signed_in.device, self.tls));
        Ok(admitted.signed_in)
    }

    async fn leave(&self, person: RecordId) -> Result<(), Problem> {
        if self.front.sign_out(&self.visitor, person).await? {
            self.give(session_cookie("", self.tls));
        }
        Ok(())
    }
}

fn lock(out: &Mutex<Out>) -> MutexGuard<'_, Out> {
    out.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Office for Caller {
    fn sign_in(&self, username: String, password: String, device: Option<DeviceId>) -> Reply<'_, SignedIn> {
        Box::pin(async move { self.answer(self.admit(&username, password, device).await) })
    }

    fn sign_out(&self, person: RecordId) -> Reply<'_, ()> {
        Box::pin(async move { self.answer(self.leave(person).await) })
    }

    fn who(&self, device: Option<DeviceId>) -> Reply<'_, Who> {
        Box::pin(async move { self.answer(self.front.who(&self.visitor, device).await) })
    }

    fn set_password(&self, acting: RecordId, person: RecordId, new: String) -> Reply<'_, ()> {
        Box::pin(
            async move { self.answer(self.front.set_password(&self.visitor, acting, person, new).await) },
        )
    }

    fn change_password(&self, acting: RecordId, old: String, new: String) -> Reply<'_, ()> {
        Box::pin(
            async move { self.answer(self.front.change_password(&self.visitor, acting, old, new).await) },
        )
    }

    fn unsent(&self, acting: RecordId) -> Reply<'_, Vec<DeviceReport>> {
        Box::pin(async move { self.answer(self.front.unsent(&self.visitor, acting).await) })
    }

    fn devices(&self, acting: RecordId) -> Reply<'_, Vec<DeviceReport>> {
        Box::pin(async move { self.answer(self.front.devices(&self.visitor, acting).await) })
    }

    fn read_sop(&self, acting: RecordId, text: String) -> Reply<'_, SopFile> {
        Box::pin(async move { self.answer(self.front.read_sop(&self.visitor, acting, &text).await) })
    }

    fn write_sop(&self, acting: RecordId, sop: RecordId) -> Reply<'_, String> {
        Box::pin(async move { self.answer(self.front.write_sop(&self.visitor, acting, sop).await) })
    }

    fn sign_document(&self, acting: RecordId, signing: Signing) -> Reply<'_, ()> {
        Box::pin(async move { self.answer(self.front.sign_document(&self.visitor, acting, signing).await) })
    }

    fn give_number(&self, acting: RecordId, cycle: RecordId, step: u16, date: String) -> Reply<'_, String> {
        let given = self.front.give_number(&self.visitor, acting, (cycle, step), date);
        Box::pin(async move { self.answer(given.await) })
    }

    fn first_run_state(&self) -> Reply<'_, FirstRunState> {
        Box::pin(async move { self.answer(self.front.first_run_state().await) })
    }

    fn first_run(&self, founding: Founding) -> Reply<'_, ()> {
        Box::pin(async move { self.answer(self.front.found(founding).await) })
    }

    fn reset_demo(&self) -> Reply<'_, ()> {
        Box::pin(async move { self.answer(self.front.reset_demo().await) })
    }
}
