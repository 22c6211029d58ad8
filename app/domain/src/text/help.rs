//! Bantuan, readable offline.

/// Question and answer, in the order in which they come up.
pub const ANSWERS: [(&str, &str); 12] = [
    (
        "Tidak ada sinyal. Apakah isian saya hilang?",
        "Tidak. Setiap ketikan disimpan di perangkat ini, juga bila baterai habis atau peramban tertutup. \
         Begitu tersambung, isian terkirim sendiri. Lihat tulisan di kanan atas: “Tanpa sambungan · 3 belum \
         terkirim” berarti tiga isian masih menunggu di perangkat ini.",
    ),
    (
        "Kapan semuanya benar-benar sampai di kantor?",
        "Bila di kanan atas tertulis “Semua sudah terkirim” dengan jamnya. Sebelum itu, jangan hapus data \
         peramban dan jangan ganti perangkat.",
    ),
    (
        "Apa bedanya draf dan isian?",
        "Draf adalah ketikan yang belum disimpan. Isian menjadi milik kantor setelah disimpan: tekan Enter, \
         pindah kolom, atau “Simpan & lanjut” di HP. Draf yang tertinggal ada di Belum terkirim.",
    ),
    (
        "Belum diisi, tidak diukur, dan belum terbit: pilih yang mana?",
        "Belum diisi berarti angkanya masih dicari dan dihitung belum lengkap. Tidak diukur berarti periode ini \
         memang tidak ada pengukuran, misalnya survei yang setahun sekali. Belum terbit berarti menunggu instansi \
         lain; tulis perkiraan tanggalnya. Angka 0 adalah angka, bukan kosong.",
    ),
    (
        "Mengapa capaian tertulis 125% tetapi dihitung 120%?",
        "Kebijakan pengukuran memberi batas atas. Hasil rumus tetap terlihat; rata-rata memakai capaian yang \
         dibatasi. Tekan capaian di Rekap untuk melihat rumus, angka, dan versi kebijakannya.",
    ),
    (
        "Apa arti “Angka berbeda”?",
        "Dua orang mengisi hal yang sama dengan angka lain. Keduanya disimpan. Kepala unit memilih yang benar \
         dan menulis alasannya. Rincian per nagari tergabung sendiri; yang ditanyakan hanya nagari yang berbeda.",
    ),
    (
        "Isian saya dikembalikan. Apa yang harus saya lakukan?",
        "Buka isiannya: catatan kepala unit ada di samping angka. Perbaiki, lalu tekan Periksa & kirim lagi.",
    ),
    (
        "Tertulis “Berubah sejak Anda lihat”. Kenapa?",
        "Angkanya diubah orang lain sebelum keputusan Anda sampai di kantor. Keputusan itu tidak dipakai, supaya \
         tidak ada angka yang divalidasi tanpa dilihat. Periksa angka yang baru, lalu putuskan lagi.",
    ),
    (
        "Apa itu data susulan?",
        "Isian yang tiba setelah data unit diserahkan atau tahapan ditutup. Isian itu tidak hilang dan menunggu \
         keputusan di Ditahan dan data susulan.",
    ),
    (
        "Perangkat dipakai beberapa orang. Aman?",
        "Ya. Setiap orang masuk dengan namanya sendiri dan pengirimannya terpisah. Nama yang sedang bekerja selalu \
         terlihat di kanan atas; periksa sebelum mengisi.",
    ),
    (
        "Diminta masuk lagi ketika mengirim. Apakah isian hilang?",
        "Tidak. Kantor hanya perlu memastikan Anda. Masuk lagi, lalu pengiriman berlanjut dari tempat berhenti.",
    ),
    (
        "Cara memasang Takar di HP",
        "Buka menu peramban, pilih “Tambahkan ke layar utama” atau “Pasang aplikasi”. Setelah itu Takar terbuka \
         seperti aplikasi biasa, juga tanpa sinyal, dan datanya tidak mudah dihapus peramban.",
    ),
];

pub const LEAD: &str = "Halaman ini terbaca tanpa sambungan.";
pub const WORDS_TITLE: &str = "Arti istilah";
/// Term and meaning.
pub const WORDS: [(&str, &str); 7] = [
    ("Capaian", "perbandingan realisasi dengan target, dalam persen"),
    ("Kriteria", "sebutan untuk capaian, dari Sangat Rendah sampai Sangat Tinggi"),
    ("Realisasi", "angka yang benar-benar dicapai"),
    ("Rincian per nagari", "satu baris untuk setiap nagari; realisasi dihitung dari baris-barisnya"),
    ("Divalidasi", "diperiksa dan diterima kepala unit"),
    ("Ditahan", "sampai di kantor, belum dipakai, menunggu keputusan"),
    ("Kumulatif", "dihitung sejak Januari, jadi tidak turun tanpa alasan"),
];
pub const KEYS_TITLE: &str = "Tombol cepat di Isi data";
/// Key and what it does.
pub const KEYS: [(&str, &str); 4] = [
    ("Enter", "simpan dan turun ke indikator berikutnya"),
    ("Tab", "simpan dan pindah ke kanan"),
    ("Esc", "kembalikan angka seperti semula"),
    ("Ctrl + V", "tempel beberapa angka sekaligus dari Excel"),
];
