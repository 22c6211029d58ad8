//! What is wrong with the command line, in the words of the office.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ErrorKind};

use super::{print, say};

/// Shows help or version as asked for, or the mistake and its remedy.
pub(super) fn answer(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(error.to_string().trim_end());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say(error.to_string().trim_end());
            ExitCode::from(2)
        }
        _ => {
            say(&format!("takar: {}", words(error)));
            ExitCode::from(2)
        }
    }
}

fn words(error: &Error) -> String {
    let told = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let option = told(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("{option}: pilihan ini tidak dikenal. Lihat daftar pilihan dengan --help.")
        }
        ErrorKind::InvalidSubcommand => {
            let name = told(ContextKind::InvalidSubcommand);
            format!("{name}: perintah ini tidak dikenal. Lihat daftar perintah dengan --help.")
        }
        ErrorKind::MissingRequiredArgument if option.contains("--tls") => {
            format!(
                "{option}: pilihan --tls-cert dan --tls-key harus dipakai bersama. Tambahkan yang kurang."
            )
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{option}: belum diisi. Lihat contoh pemakaian dengan --help.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = told(ContextKind::InvalidValue);
            if value.is_empty() {
                return format!("{option}: nilainya belum diisi. Tulis nilai sesudah pilihan ini.");
            }
            let example = if option.contains("--listen") {
                "Contoh yang benar: 127.0.0.1:3000"
            } else {
                "Lihat --help"
            };
            format!("{option}: nilai \"{value}\" tidak dapat dipakai. {example}.")
        }
        _ => {
            format!("{option}: tidak dapat dipakai seperti ini. Lihat contoh pemakaian dengan --help.")
        }
    }
}
