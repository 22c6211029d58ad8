//! The people of the demo and the posts they hold.

use super::DemoAccount;
use crate::config::{Holding, Person, Post, Tenure};
use crate::date::Date;
use crate::record::{RecordId, Subject, natural};
use crate::setup::{Fields, UNITS, main, unit_id};

/// The same for everybody: a demo runs on loopback only.
const PASSWORD: &str = "contoh-2026";

struct Role {
    username: &'static str,
    label: &'static str,
    look_at: &'static str,
    more: bool,
    /// Posts with the unit's place in [`UNITS`].
    posts: &'static [(Post, Option<usize>)],
}

const ROLES: [Role; 14] = [
    role("camat", "Camat", "Lihat Rekap capaian triwulan berjalan.", &[(Post::Camat, None)]),
    role(
        "sekretaris",
        "Sekretaris (Ketua Tim)",
        "Lihat kelengkapan enam unit; Trantibum terlambat satu hari kerja.",
        &[(Post::Sekretaris, Some(0))],
    ),
    role(
        "perencanaan",
        "Kasubbag Perencanaan (Sekretaris Tim)",
        "Lihat rencana, target triwulan, dan tahapan pengukuran.",
        &[(Post::Kasubbag, Some(1)), (Post::SekretarisTim, None)],
    ),
    role(
        "bendahara",
        "Bendahara",
        "Isi Anggaran: realisasi bulan terakhir masih ditunggu.",
        &[(Post::Bendahara, Some(2))],
    ),
    role(
        "kasi.pemerintahan",
        "Kasi Pemerintahan",
        "Putuskan satu angka berbeda, lalu validasi data seksi.",
        &[(Post::Kasi, Some(3))],
    ),
    role(
        "kasi.trantibum",
        "Kasi Trantibum",
        "Lihat tugas yang lewat batas: dua data masih ditunggu.",
        &[(Post::Kasi, Some(7))],
    ),
    role(
        "staf.lapangan",
        "Staf lapangan Pemerintahan (HP)",
        "Putuskan sambungan, centang tiga nagari, tutup, lalu buka lagi.",
        &[(Post::Pelaksana, Some(3))],
    ),
    role(
        "inspektorat",
        "Inspektorat (baca saja)",
        "Buka satu angka sampai ke asal-usulnya.",
        &[(Post::Inspektorat, None)],
    ),
    role("admin", "Admin", "Lihat Pengaturan: unit, orang, jabatan, nagari.", &[(Post::Admin, None)]),
    other(
        "anggota.tim",
        "Anggota Tim",
        "Isi data untuk unit lain dari kertas atau WhatsApp.",
        &[(Post::AnggotaTim, None)],
    ),
    other(
        "kasubbag.umum",
        "Kasubbag Umum dan Keuangan",
        "Semua data sub bagian sudah divalidasi.",
        &[(Post::Kasubbag, Some(2))],
    ),
    other(
        "kasi.pemberdayaan",
        "Kasi Pemberdayaan",
        "Semua data seksi sudah divalidasi.",
        &[(Post::Kasi, Some(4))],
    ),
    other(
        "kasi.kesejahteraan",
        "Kasi Kesejahteraan",
        "Semua data seksi sudah divalidasi.",
        &[(Post::Kasi, Some(5))],
    ),
    other(
        "kasi.pelayanan",
        "Kasi Pelayanan",
        "Satu data dikembalikan dengan catatan.",
        &[(Post::Kasi, Some(6))],
    ),
];

const fn role(
    username: &'static str,
    label: &'static str,
    look_at: &'static str,
    posts: &'static [(Post, Option<usize>)],
) -> Role {
    Role { username, label, look_at, more: false, posts }
}

const fn other(
    username: &'static str,
    label: &'static str,
    look_at: &'static str,
    posts: &'static [(Post, Option<usize>)],
) -> Role {
    Role { more: true, ..role(username, label, look_at, posts) }
}

/// A person's id by the name they sign in with.
pub(super) fn person(office: RecordId, username: &str) -> RecordId {
    natural(office.0, &format!("person/{username}"))
}

pub(super) fn accounts(office: RecordId) -> Vec<DemoAccount> {
    let account = |role: &Role| DemoAccount {
        person: person(office, role.username),
        username: role.username.into(),
        password: PASSWORD.into(),
        label: role.label.into(),
        look_at: role.look_at.into(),
        more: role.more,
    };
    ROLES.iter().map(account).collect()
}

/// People first, then the posts they hold from `from` on; the Camat is `away` meanwhile.
pub(super) fn parts(office: RecordId, from: Date, away: (Date, Date)) -> Vec<Fields> {
    let mut parts = Vec::new();
    for role in &ROLES {
        let name = role.label.split(" (").next().unwrap_or(role.label);
        let value = Person { name: name.into(), username: role.username.into(), nip: None, active: true };
        parts.push(main(Subject::Person { id: person(office, role.username) }, &value));
    }
    for role in &ROLES {
        for (post, unit) in role.posts {
            let id = natural(office.0, &format!("holding/{}/{post:?}", role.username));
            let unit = unit.and_then(|place| UNITS.get(place)).map(|(name, _)| unit_id(office, name));
            let holding = Holding {
                person: person(office, role.username),
                post: *post,
                unit,
                tenure: Tenure::Definitive,
                from: from.to_string(),
                to: None,
                letter: "SK contoh".into(),
            };
            parts.push(main(Subject::Holding { id }, &holding));
        }
    }
    // While the Camat was away: Triwulan II was signed under this post.
    let acting = Holding {
        person: person(office, "sekretaris"),
        post: Post::Camat,
        unit: None,
        tenure: Tenure::Plt,
        from: away.0.to_string(),
        to: Some(away.1.to_string()),
        letter: "SPT contoh".into(),
    };
    parts.push(main(Subject::Holding { id: natural(office.0, "holding/sekretaris/plt") }, &acting));
    parts
}
