//! Pictures made smaller by the browser. Only what is seen is drawn anew:
//! position, device and every other word inside the file stay behind.

use js_sys::{Function, Promise};
use takar_domain::evidence::{LONG_EDGE, THUMBNAIL_EDGE};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use super::files;

/// What the camera's JPEGs of this size lose is not seen on a screen.
const QUALITY: f64 = 0.8;

/// A photo for the office and its small picture, both JPEG; `None` if this
/// browser cannot show it.
pub async fn shrink(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let window = web_sys::window()?;
    let drawing = window.create_image_bitmap_with_blob(&files::blob(bytes)?).ok()?;
    let picture: ImageBitmap = JsFuture::from(drawing).await.ok()?.dyn_into().ok()?;
    Some((draw(&picture, LONG_EDGE).await?, draw(&picture, THUMBNAIL_EDGE).await?))
}

/// The picture with its longer edge at most `edge` pixels long.
async fn draw(picture: &ImageBitmap, edge: u32) -> Option<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    let longer = width.max(height).max(1);
    let fit = |length: u32| if longer <= edge { length } else { (length * edge / longer).max(1) };
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(fit(width));
    canvas.set_height(fit(height));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (wide, high) = (f64::from(fit(width)), f64::from(fit(height)));
    // A JPEG has no transparency: what is none would be black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, wide, high);
    context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, wide, high).ok()?;
    files::bytes(&JsFuture::from(encoded(&canvas)).await.ok()?.dyn_into::<Blob>().ok()?).await
}

fn encoded(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |resolve: Function, _| {
        let done = Closure::once_into_js(move |blob: JsValue| resolve.call1(&JsValue::NULL, &blob));
        let _ =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &QUALITY.into());
    })
}
