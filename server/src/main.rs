//! The program `takar`.

fn main() -> std::process::ExitCode {
    takar_server::cli::run()
}
