//! The command line of `takar`. Every option has an environment form, and each
//! that fails names itself and the remedy.

mod admin;
mod backup;
mod complaint;
mod database;
mod doctor;
mod import;
mod options;
mod serve;

use std::process::ExitCode;

use clap::Parser;

use options::{AdminCommand, Cli, Command, ImportCommand, VerifyCommand};

/// Debug builds of the database need deep stacks.
const STACK: usize = 16 << 20;
/// Longest wait for the database to close; a gigabyte may have to be written.
const CLOSING: std::time::Duration = std::time::Duration::from_secs(30);
/// What is logged unless `TAKAR_LOG` says otherwise. The engine complains about
/// its own end when a start is refused.
const LOG: &str = "takar_server=info,warn,surrealkv::lsm=error,surrealkv::task=off";

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return complaint::answer(&error),
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("TAKAR_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(LOG));
    // On a full disk that holds the log too, telling that a line was not written
    // would fail as well, and that ends the task that logs.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            say(&format!("takar: tidak dapat mulai ({error})."));
            return ExitCode::FAILURE;
        }
    };
    // On a worker, not here: this thread's stack is the system's.
    let done = runtime.block_on(async { tokio::spawn(dispatch(cli)).await });
    runtime.block_on(settle());
    match done {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(words)) => {
            say(&format!("takar: {words}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            say(&format!("takar: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Waits until the database, let go of by everybody, has written what it holds
/// in memory and closed its files: else the next start reads it all again from
/// the write-ahead log, which takes seconds in a large office.
async fn settle() {
    let tasks = tokio::runtime::Handle::current().metrics();
    let closed = async {
        while tasks.num_alive_tasks() > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    if tokio::time::timeout(CLOSING, closed).await.is_err() {
        tracing::warn!(
            tasks = tasks.num_alive_tasks(),
            "the database is not closed; its log is read at the next start"
        );
    }
}

async fn dispatch(cli: Cli) -> Result<(), String> {
    match cli.command {
        Command::Serve(options) => serve::serve(options).await,
        Command::Import { what: ImportCommand::Plan { file, data } } => import::plan(&file, &data).await,
        Command::Import { what: ImportCommand::Sop { file, data } } => import::sop(&file, &data).await,
        Command::Import { what: ImportCommand::Outbox { file, data } } => import::outbox(&file, &data).await,
        Command::Backup { folder, data } => backup::backup(&folder, &data).await,
        Command::Restore { folder, data } => backup::restore(&folder, &data).await,
        Command::Verify { what: VerifyCommand::Log { data } } => backup::verify_log(&data).await,
        Command::Verify { what: VerifyCommand::Files { data } } => backup::verify_files(&data).await,
        Command::Verify { what: VerifyCommand::Backup { folder } } => backup::verify_backup(&folder),
        Command::Doctor(options) => doctor::doctor(&options).await,
        Command::Admin { what: AdminCommand::ConfirmRestore { data } } => {
            backup::confirm_restore(&data).await
        }
        Command::Admin { what: AdminCommand::ResetPassword { username, data } } => {
            admin::reset_password(&username, &data).await
        }
    }
}

fn say(words: &str) {
    use std::io::Write;
    // Nobody is left to hear of a closed terminal.
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// Prints a line for the person at the console.
fn print(words: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{words}");
}
