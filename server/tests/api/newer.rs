//! A database that a newer Takar wrote is left alone, in words.

use fs2::FileExt;

use crate::app::run;
use crate::program::{Folder, Program, once};

/// Writes into the database of a server that has ended, as a newer one would.
async fn raise_version(folder: &Folder) {
    let place = folder.0.join("takar.db");
    let database =
        surrealdb::engine::any::connect(format!("surrealkv://{}?sync=every", place.display())).await.unwrap();
    database.use_ns("takar").use_db("takar").await.unwrap();
    database.query("UPSERT meta:schema SET version = 99").await.unwrap().check().unwrap();
    drop(database);
    // The engine ends in its own time.
    let lock = std::fs::File::open(place.join("LOCK")).unwrap();
    while lock.try_lock_exclusive().is_err() {
        tokio::task::yield_now().await;
    }
    FileExt::unlock(&lock).unwrap();
}

#[test]
fn a_database_of_a_newer_takar_is_left_alone() {
    let folder = Folder::new("newer");
    run(async move {
        let program = Program::start(&folder);
        program.found().await;
        program.kill();
        raise_version(&folder).await;
        for args in [&["serve", "--listen", "127.0.0.1:0"][..], &["verify", "log"], &["doctor"]] {
            let ended = once(args, &folder);
            assert_eq!(ended.status.code(), Some(1), "{args:?}");
            let words = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat()).into_owned();
            assert!(words.contains("Takar yang lebih baru"), "{args:?}: {words}");
            assert!(words.contains("Pasang Takar yang terbaru"), "{args:?}: {words}");
        }
    });
}
