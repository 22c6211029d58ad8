//! The program at the office's computer: passwords, the plan as a file, options and
//! their environment forms, and what it says of those that it cannot use.

use std::process::{Command, Output};

use crate::app::{PASSWORD, expect_problem, run};
use crate::program::{Folder, Program, once, takar};

/// A founded office whose server is stopped.
async fn founded(name: &str) -> Folder {
    let folder = Folder::new(name);
    let program = Program::start(&folder);
    program.found().await;
    program.stop();
    folder
}

/// What a command printed, line by line.
fn printed(output: &Output) -> Vec<String> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(str::to_owned).collect()
}

/// What a command complained of; it must have failed with `code`.
fn complaint(output: &Output, code: i32) -> String {
    let words = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{words}");
    words
}

#[test]
fn a_password_is_given_anew_at_the_console() {
    run(async {
        let folder = founded("password").await;

        let unknown = once(&["admin", "reset-password", "siapa"], &folder);
        let words = complaint(&unknown, 1);
        assert!(
            words.contains("USERNAME siapa: tidak ada orang dengan nama pengguna itu. Periksa ejaannya."),
            "{words}"
        );
        assert_eq!(printed(&unknown), Vec::<String>::new());
        let program = Program::start(&folder);
        let before = program.browser().sign_in("admin").await;
        program.stop();

        let reset = once(&["admin", "reset-password", " ADMIN"], &folder);
        assert!(reset.status.success(), "{reset:?}");
        let lines = printed(&reset);
        let new = lines[0].strip_prefix("Kata sandi baru untuk Admin: ").expect("the password is shown");
        assert_eq!(lines[1], "Sampaikan kepada orangnya. Semua perangkatnya harus masuk lagi.");

        let program = Program::start(&folder);
        let old = program.browser().try_sign_in("admin", PASSWORD, None).await;
        expect_problem(old, 401, "sign_in.wrong").await;
        assert_eq!(program.browser().try_sign_in("admin", new, None).await.status(), 200);
        // The sessions of before are over.
        let mut late = before;
        late.browser.url = program.url();
        let args = serde_json::json!({ "acting": late.person() });
        expect_problem(late.browser.call("unsent", &args).await, 401, "session.needed").await;
    });
}

/// A plan with one row of each fate, under the head that such files have.
const PLAN: &str = "\
level,kode,induk_kode,uraian,indikator,satuan,kondisi_awal,target_2026,target_2027,target_2028,target_2029,target_2030,\
anggaran_2026,anggaran_2027,anggaran_2028,anggaran_2029,anggaran_2030
tujuan,T1,,Meningkatnya kinerja kecamatan,Nilai kinerja,Nilai,80,81,82,83,84,85,,,,,
sasaran,S1,T1,Meningkatnya mutu layanan,Indeks kepuasan,Nilai,85,86,87,88,89,90,,,,,
program,7.01.02,S1,Program pemberdayaan,Nagari tertib,%,80,85,86,87,88,89,1000000,1100000,1200000,1300000,1400000
program,7.01.03,S9,Program tanpa induk,Nagari aman,%,80,85,86,87,88,89,1000000,1000000,1000000,1000000,1000000
ruas,7.01.04,S1,Jenjang yang tidak ada,Nagari ramai,%,80,85,86,87,88,89,,,,,
program,7.01.05,S1,Program tanpa target,Nagari sehat,%,80,,,,,,1000000,1000000,1000000,1000000,1000000
";

/// What is told of it, by line, whether or not it was there before.
const REPORT: [&str; 13] = [
    "Diambil: 4 baris (4 unsur perencanaan), 0 indikator ditautkan.",
    "Dilewati: 2",
    "  baris 5 (7.01.03): induk S9 tidak ada",
    "  baris 6 (7.01.04): level \"ruas\" tidak dikenal",
    "Perlu diperiksa: 8",
    "  berkas: arah 4 indikator dianggap \"lebih tinggi lebih baik\"; mohon dipastikan",
    "  berkas: 4 indikator belum punya unit penanggung jawab",
    "  baris 7 (7.01.05): 2026: anggaran 1000000, tetapi target kosong",
    "  baris 7 (7.01.05): 2027: anggaran 1000000, tetapi target kosong",
    "  baris 7 (7.01.05): 2028: anggaran 1000000, tetapi target kosong",
    "  baris 7 (7.01.05): 2029: anggaran 1000000, tetapi target kosong",
    "  baris 7 (7.01.05): 2030: anggaran 1000000, tetapi target kosong",
    "  baris 7 (7.01.05): tidak ada target di semua tahun",
];

#[test]
fn a_plan_is_imported_twice_by_the_program_and_reported_by_line() {
    run(async {
        let folder = founded("plan").await;
        let file = folder.0.join("rencana.csv");
        std::fs::write(&file, PLAN).unwrap();
        let import = || once(&["import", "plan", file.to_str().unwrap()], &folder);

        let first = import();
        assert!(first.status.success(), "{first:?}");
        let second = import();
        assert!(second.status.success(), "{second:?}");
        let (first, second) = (printed(&first), printed(&second));
        for report in [&first, &second] {
            let (told, last) = report.split_at(report.len() - 1);
            assert_eq!(told, REPORT, "{last:?}");
        }
        assert_eq!(first.last().unwrap(), "Tersimpan: 8 catatan berubah.");
        assert_eq!(second.last().unwrap(), "Tidak ada yang berubah.");

        let program = Program::start(&folder);
        let log = program.log().await;
        program.stop();
        // The founding and the plan: the second import wrote nothing.
        assert_eq!(log.len(), 2);
        assert!(once(&["import", "plan", "tidak-ada.csv"], &folder).stdout.is_empty());
    });
}

#[test]
fn options_have_environment_forms() {
    run(async {
        let folder = Folder::new("environment");
        let mut command = takar(&["serve"]);
        command.env("TAKAR_LISTEN", "127.0.0.1:0").env("TAKAR_DATA", &folder.0).env("TAKAR_DEMO", "true");
        let program = Program::spawn(command);
        let state = program.browser().call("first_run_state", &serde_json::json!({})).await;
        let state: serde_json::Value = state.json().await.unwrap();
        assert_eq!(state["needed"], false, "TAKAR_DEMO opens the demo office");
        assert!(folder.0.is_dir(), "TAKAR_DATA is where the data is");
        program.stop();

        // What is written wins over the environment.
        let other = Folder::new("written");
        let mut command = takar(&["serve", "--listen", "127.0.0.1:0", "--data"]);
        command.arg(&other.0).env("TAKAR_LISTEN", "127.0.0.1:1").env("TAKAR_DATA", &folder.0);
        let program = Program::spawn(command);
        assert_ne!(program.port, 1);
        assert!(other.0.is_dir());
        program.stop();
    });
}

/// A command line, its environment, the code that it ends with, the option that it
/// names, and the remedy.
type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], i32, &'a str, &'a str);

#[test]
fn an_option_that_fails_names_itself_and_the_remedy() {
    let folder = Folder::new("complaints");
    let data = folder.0.to_str().unwrap();
    let inside = folder.0.join("cadangan");
    let inside = inside.to_str().unwrap();
    let cases: &[Case] = &[
        (&["serve", "--lisen", "x"], &[], 2, "--lisen", "tidak dikenal. Lihat daftar pilihan dengan --help."),
        (&["sajikan"], &[], 2, "sajikan", "tidak dikenal. Lihat daftar perintah dengan --help."),
        (&["serve", "--listen", "rumah"], &[], 2, "--listen", "Contoh yang benar: 127.0.0.1:3000."),
        (&["serve", "--listen"], &[], 2, "--listen", "Tulis nilai sesudah pilihan ini."),
        (&["serve"], &[("TAKAR_LISTEN", "rumah")], 2, "--listen", "Contoh yang benar: 127.0.0.1:3000."),
        (
            &["serve", "--backup-hour", "25"],
            &[],
            2,
            "--backup-hour",
            "\"25\" tidak dapat dipakai. Lihat --help.",
        ),
        (&["serve"], &[("TAKAR_BACKUP_HOUR", "25")], 2, "--backup-hour", "\"25\" tidak dapat dipakai."),
        (&["serve"], &[("TAKAR_RESERVE", "banyak")], 2, "--reserve", "\"banyak\" tidak dapat dipakai."),
        (
            &["serve", "--tls-cert", "a.pem"],
            &[],
            2,
            "--tls-key",
            "harus dipakai bersama. Tambahkan yang kurang.",
        ),
        (
            &["serve"],
            &[("TAKAR_TLS_KEY", "a.pem")],
            2,
            "--tls-cert",
            "harus dipakai bersama. Tambahkan yang kurang.",
        ),
        (&["import", "plan"], &[], 2, "<FILE>", "belum diisi. Lihat contoh pemakaian dengan --help."),
        (&["admin", "reset-password"], &[], 2, "<USERNAME>", "belum diisi."),
        (&["serve", "--site", data], &[("TAKAR_DATA", data)], 1, "--site", "Jalankan `make app` dahulu"),
        (&["serve"], &[("TAKAR_DATA", data), ("TAKAR_SITE", data)], 1, "--site", "atau hapus pilihan ini."),
        (
            &["serve"],
            &[("TAKAR_DATA", data), ("TAKAR_BACKUP_DIR", inside)],
            1,
            "--backup-dir",
            "Pilih folder lain",
        ),
        (
            &["serve", "--demo", "--listen", "0.0.0.0:0"],
            &[("TAKAR_DATA", data)],
            1,
            "--demo",
            "--listen 127.0.0.1",
        ),
        (
            &["import", "plan", "tidak-ada.csv"],
            &[("TAKAR_DATA", data)],
            1,
            "tidak-ada.csv",
            "tidak dapat dibaca",
        ),
    ];
    for (args, environment, code, names, remedy) in cases {
        let mut command: Command = takar(args);
        command.envs(environment.iter().copied());
        let words = complaint(&command.output().unwrap(), *code);
        assert!(words.contains(names) && words.contains(remedy), "{args:?} {environment:?}: {words}");
        assert!(!words.contains("panicked"), "{words}");
    }
}
