//! Parts of a file that a browser sends again by itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::app::{Worker, expect_problem, run};
use crate::office;
use crate::tus::{head, offer, offset, part, patch, pdf};

/// As the app sends a part: it may begin with what came before.
async fn repeat(worker: &Worker, sha256: &str, at: u64, bytes: &[u8]) -> reqwest::Response {
    part(worker, sha256, at).header("x-takar-repeats", "1").body(bytes.to_vec()).send().await.unwrap()
}

#[test]
fn a_part_that_comes_again_brings_what_is_new_of_it_and_nothing_twice() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(1, 9_000);
        offer(&staf, &sha256, 9_000).await;
        // The first try came half, the second one whole.
        assert_eq!(offset(&patch(&staf, &sha256, 0, &bytes[..2_000]).await), 2_000);
        assert_eq!(offset(&repeat(&staf, &sha256, 0, &bytes[..4_000]).await), 4_000);
        // The answer to the first try was lost: nothing of the second is new.
        assert_eq!(offset(&repeat(&staf, &sha256, 0, &bytes[..4_000]).await), 4_000);
        assert_eq!(offset(&repeat(&staf, &sha256, 1_000, &bytes[1_000..2_000]).await), 4_000);
        // Behind the end there is nothing to go on from.
        let answer = repeat(&staf, &sha256, 4_001, &bytes[4_001..]).await;
        assert_eq!(answer.headers()["upload-offset"], "4000");
        expect_problem(answer, 409, "upload.offset").await;
        // As tus has it, for whoever does not say so.
        expect_problem(patch(&staf, &sha256, 0, &bytes[..4_000]).await, 409, "upload.offset").await;

        assert_eq!(offset(&repeat(&staf, &sha256, 3_000, &bytes[3_000..]).await), 9_000);
        assert_eq!(app.files.read(staf.account.office, &sha256).await.unwrap(), bytes);
        assert_eq!(offset(&repeat(&staf, &sha256, 3_000, &bytes[3_000..]).await), 9_000, "it is there");
    });
}

#[test]
fn an_upload_that_broke_goes_on_over_a_new_connection() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(3, 3_000);
        let ends = async |size: u64| {
            let answer = offer(&staf, &sha256, size).await;
            answer.headers().get("connection").is_some_and(|value| value == "close")
        };
        assert!(!ends(3_000).await, "a new one loses no time");
        patch(&staf, &sha256, 0, &bytes[..1_000]).await;
        assert!(ends(3_000).await, "where no browser repeats a part by itself");
        patch(&staf, &sha256, 1_000, &bytes[1_000..]).await;
        assert!(!ends(3_000).await, "it is there");
    });
}

#[test]
fn what_is_wrong_in_a_part_that_comes_again_spoils_nothing() {
    run(async {
        let (app, _, _) = office::open().await;
        let staf = app.browser().sign_in("staf").await;
        let (bytes, sha256) = pdf(2, 6_000);
        offer(&staf, &sha256, 6_000).await;
        assert_eq!(offset(&patch(&staf, &sha256, 0, &bytes[..2_000]).await), 2_000);
        let longer = [&bytes[..], b"more"].concat();
        expect_problem(repeat(&staf, &sha256, 0, &longer).await, 413, "request.too_large").await;
        assert_eq!(offset(&head(&staf, &sha256).await), 2_000, "what stood there stands");

        // The promised hash is that of the whole part, not of what is new of it.
        let promised = |of: &[u8]| format!("sha256 {}", STANDARD.encode(Sha256::digest(of)));
        let send = async |hash: String| {
            let again =
                part(&staf, &sha256, 1_000).header("x-takar-repeats", "1").header("upload-checksum", hash);
            again.body(bytes[1_000..].to_vec()).send().await.unwrap()
        };
        expect_problem(send(promised(&bytes[2_000..])).await, 460, "upload.checksum").await;
        assert_eq!(offset(&head(&staf, &sha256).await), 2_000);
        assert_eq!(offset(&send(promised(&bytes[1_000..])).await), 6_000);
        assert_eq!(app.files.read(staf.account.office, &sha256).await.unwrap(), bytes);
    });
}
