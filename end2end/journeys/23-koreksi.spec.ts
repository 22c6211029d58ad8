import { expectAccessible, PHONE } from "../support/accessibility.ts";
import { type Device, expect, test } from "../support/journey.ts";
import { cell, enter, openEntry, openMenu, signIn } from "../support/screens.ts";

const UNIT = "Seksi Pemerintahan";
const FIGURE = "Keluhan belum tertangani";

test.setTimeout(180_000);

/** A step of the short SOP, as its file says it. */
function step(number: number, title: string, kind: string, actors: string[], after: number[]): string {
  return `
[[steps]]
number = ${number}
text = "${title}"
screen_title = "${title}"
actors = ${JSON.stringify(actors)}
per_unit = ${kind === "validate" || kind === "hand_over"}
kind = "${kind}"
after = ${JSON.stringify(after)}
requires = "Dokumen"
minutes = 0
output = "Dokumen"
`;
}

/** Units hand over one by one, and what they handed over may be corrected at once. */
const SHORT = [
  step(1, "Pembagian form", "deliver", ["anggota_tim"], []),
  step(2, "Validasi unit", "validate", ["kasi", "kasubbag", "sekretaris"], [1]),
  step(3, "Penyerahan unit", "hand_over", ["kasi", "kasubbag", "sekretaris"], [2]),
  step(4, "Koreksi Camat", "correct", ["camat", "sekretaris"], [1]),
  step(5, "Pengajuan persetujuan", "submit", ["sekretaris"], [4]),
].join("");

async function openStep(device: Device, title: string, unit?: string): Promise<void> {
  const { page } = device;
  await openMenu(device, "Tahapan");
  await page.getByRole("main").getByRole("link", { name: title }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(title) })).toBeVisible();
  if (!unit) return;
  await page.getByRole("link", { name: `Buka: ${unit}` }).click();
  await expect(page.getByText(new RegExp(`^${unit} · `))).toBeVisible();
}

/** Ends the step in view. */
async function finish(device: Device): Promise<void> {
  const { page } = device;
  const standing = page.getByRole("region", { name: "Pelaksanaan" });
  await standing.getByRole("button", { name: "Selesai" }).click();
  const dialog = page.getByRole("dialog", { name: "Selesai" });
  await dialog.getByRole("button", { name: "Selesai" }).click();
  await expect(dialog).toBeHidden();
  await expect(standing).toContainText("selesai");
}

/** What the unit filled in is decided, validated and handed over. */
async function handOver(kasi: Device): Promise<void> {
  const { page } = kasi;
  await openEntry(kasi);
  await page.getByRole("link", { name: "Periksa & kirim" }).click();
  await page.getByRole("button", { name: /^Kirim dan validasi/ }).click();
  await expect(page.getByText("Sudah dikirim dan divalidasi.")).toBeVisible();
  for (const title of ["Validasi unit", "Penyerahan unit"]) {
    await openStep(kasi, title, UNIT);
    await finish(kasi);
  }
  await kasi.expectState("green");
}

/** The running round is closed and begun anew by the short SOP. */
async function beginShortRound(admin: Device): Promise<void> {
  const { page } = admin;
  await signIn(admin, "Admin");
  await admin.goto("/pengaturan/sop");
  await page.getByRole("button", { name: /^Buka sebagai teks/ }).click();
  const text = page.getByRole("textbox", { name: "Isi SOP (TOML)" });
  await expect(text).toHaveValue(/number = 14/);
  const printed = await text.inputValue();
  const head = printed.slice(0, printed.indexOf("[[steps]]")).replace("/01/SOP/", "/09/SOP/");
  await text.fill(head + SHORT);
  await page.getByRole("button", { name: "Periksa dan simpan" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "5 tahap" })).toHaveCount(1);
  await admin.expectState("green");

  await admin.goto("/pengaturan/tahapan");
  await page.getByRole("button", { name: /^Tutup tahapan: / }).click();
  const closing = page.getByRole("dialog", { name: "Tutup tahapan" });
  await closing.getByRole("button", { name: "Tutup tahapan" }).click();
  await expect(closing).toBeHidden();
  await expect(page.getByRole("listitem").filter({ hasText: "dibuka" })).toHaveCount(0);
  const choice = page.getByRole("combobox", { name: "SOP" });
  const short = await choice.getByRole("option", { name: /\/09\/SOP\// }).getAttribute("value");
  await choice.selectOption(short);
  await page.getByRole("textbox", { name: "Batas isi data" }).fill("20 Desember 2199");
  await page.getByRole("button", { name: "Buka tahapan" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "dibuka" })).toHaveCount(1);
  await admin.expectState("green");
}

test("the Camat corrects a figure in the field, its unit mends it, and the budget is awaited", async ({ device }) => {
  await beginShortRound(await device("admin"));
  const member = await device("anggota");
  await signIn(member, "Anggota Tim");
  await openStep(member, "Pembagian form");
  await finish(member);
  await member.expectState("green");

  const kasi = await device("kasi");
  await signIn(kasi, "Kasi Pemerintahan");
  await openMenu(kasi, "Angka berbeda");
  await kasi.page.getByRole("link", { name: /^Lihat: / }).click();
  await kasi.page.getByText("Sesuai daftar hadir").click();
  await kasi.page.getByRole("button", { name: "Gunakan “sudah”" }).click();
  await handOver(kasi);

  const phone = await device("hp-camat", { phone: true });
  await signIn(phone, "Camat");
  await phone.waitUntilInstalled();
  const secretary = await device("sekretaris");
  await signIn(secretary, "Sekretaris");

  await test.step("pinned and given back on a phone that is cut off", async () => {
    const { page } = phone;
    phone.wire.cut();
    await phone.expectState("offline");
    await openStep(phone, "Koreksi Camat");
    await page.getByRole("button", { name: "Mulai" }).click();
    await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("berjalan");
    await page.getByRole("region", { name: "Isi dokumen" }).getByText(UNIT).click();
    await page.getByRole("button", { name: `Koreksi: ${FIGURE}` }).click();
    const dialog = page.getByRole("dialog", { name: "Koreksi", exact: true });
    await dialog.getByRole("button", { name: "Simpan" }).click();
    await expect(dialog.getByRole("alert").first()).toContainText("perlu dikoreksi");
    await dialog.getByRole("textbox", { name: /^Yang perlu dikoreksi/ }).fill("Hitung ulang dari buku keluhan.");
    await dialog.getByRole("button", { name: "Simpan" }).click();
    await expect(dialog).toBeHidden();
    const list = page.getByRole("region", { name: "Koreksi", exact: true });
    await expect(list).toContainText("Hitung ulang dari buku keluhan.");
    await expect(list).toContainText("terbuka");
    await expect(page.getByText("1 koreksi belum diputuskan.")).toBeVisible();
    await expectAccessible(phone, "Koreksi Camat", PHONE);
    await page.getByRole("button", { name: `Kembalikan ke unit: ${FIGURE}` }).click();
    const back = page.getByRole("dialog", { name: "Kembalikan ke unit" });
    await expect(back.getByRole("combobox", { name: "Unit yang memperbaiki" })).toHaveValue(/.+/);
    await expectAccessible(phone, "the dialog that gives a correction back", PHONE);
    const why = back.getByRole("textbox", { name: /^Apa yang perlu diperbaiki unit/ });
    await why.fill("Buku keluhan belum dihitung sejak September.");
    await page.reload();
    await page.getByRole("button", { name: `Kembalikan ke unit: ${FIGURE}` }).click();
    await expect(why).toHaveValue("Buku keluhan belum dihitung sejak September.");
    await why.fill("Hitung ulang dari buku keluhan.");
    await back.getByRole("button", { name: "Kembalikan ke unit" }).click();
    await expect(list).toContainText("menunggu unit");
    phone.wire.restore();
    await phone.expectState("green");
  });

  await test.step("the unit reads why, mends it and hands over again", async () => {
    await openMenu(kasi, "Beranda");
    await expect(kasi.page.getByText("dikembalikan: Hitung ulang dari buku keluhan.").first()).toBeVisible();
    await openEntry(kasi);
    await enter(kasi, FIGURE, "7");
    await expect(cell(kasi, FIGURE)).toHaveValue("7");
    await handOver(kasi);
  });

  await test.step("the Sekretaris sees before and after, and records the end for the Camat", async () => {
    const { page } = secretary;
    await openStep(secretary, "Koreksi Camat");
    const list = page.getByRole("region", { name: "Koreksi", exact: true });
    await expect(list).toContainText("sudah dijawab unit");
    await expect(list).toContainText("Saat dikoreksi6 Kasus");
    await expect(list).toContainText("Sekarang7 Kasus");
    await expect(list).toContainText("Camat");
    const standing = page.getByRole("region", { name: "Pelaksanaan" });
    await expect(standing.getByRole("checkbox", { name: "Dicatat atas nama Camat" })).toBeChecked();
    // Meanwhile the Camat writes one more, without a signal.
    phone.wire.cut();
    await phone.expectState("offline");
    await openStep(phone, "Koreksi Camat");
    await phone.page.getByRole("region", { name: "Isi dokumen" }).getByText(UNIT).click();
    await phone.page.getByRole("button", { name: `Koreksi: ${FIGURE}` }).click();
    const dialog = phone.page.getByRole("dialog", { name: "Koreksi", exact: true });
    await dialog.getByRole("textbox", { name: /^Yang perlu dikoreksi/ }).fill("Lampirkan buku keluhan.");
    await dialog.getByRole("button", { name: "Simpan" }).click();
    await expect(dialog).toBeHidden();
    await finish(secretary);
    await expect(standing).toContainText("Camat, dicatat oleh Sekretaris");
    await secretary.expectState("green");
  });

  await test.step("what the Camat wrote too late is kept, and used once the step is open again", async () => {
    const { page } = secretary;
    phone.wire.restore();
    await secretary.goto("/ditahan");
    const item = page.getByRole("main").getByRole("listitem").filter({ hasText: "Lampirkan buku keluhan." }).first();
    await expect(item).toContainText("Tahap ini sudah selesai atau ditutup ketika catatan tiba.");
    await expect(item).toContainText("Dapat dipakai sesudah tahapnya dibuka kembali.");
    await expect(item.getByRole("button", { name: "Pakai atas nama saya" })).toBeHidden();
    await expectAccessible(secretary, "a correction that came late");
    await item.getByRole("link", { name: "Buka" }).click();
    await page.getByRole("button", { name: "Buka kembali" }).click();
    const again = page.getByRole("dialog", { name: "Buka kembali" });
    await again.getByRole("textbox", { name: "Mengapa dibuka kembali?" }).fill("Koreksi Camat datang kemudian.");
    await again.getByRole("button", { name: "Buka kembali" }).click();
    await expect(again).toBeHidden();
    await page.goBack();
    await item.getByRole("button", { name: "Pakai atas nama saya" }).click();
    await expect(page.getByText("Tidak ada yang ditahan.")).toBeVisible();
    await openStep(secretary, "Koreksi Camat");
    const list = page.getByRole("region", { name: "Koreksi", exact: true });
    await expect(list).toContainText("Lampirkan buku keluhan.");
    await page.getByRole("button", { name: `Selesaikan sendiri: ${FIGURE}` }).click();
    const settling = page.getByRole("dialog", { name: "Selesaikan sendiri" });
    await settling.getByRole("textbox").first().fill("Buku keluhan sudah dilampirkan.");
    await settling.getByRole("button", { name: "Selesaikan sendiri" }).click();
    await expect(settling).toBeHidden();
    await finish(secretary);
  });

  await test.step("submitting waits for the budget, in words and with the way there", async () => {
    const { page } = secretary;
    await openStep(secretary, "Pengajuan persetujuan");
    await page.getByRole("button", { name: "Mulai" }).click();
    await expect(page.getByText(/^Realisasi anggaran \d+ sub kegiatan belum diisi sampai /)).toBeVisible();
    await expect(page.getByRole("link", { name: "Buka Anggaran" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Selesai" })).toBeHidden();
  });

  await test.step("the Bendahara fills in the last month without a connection", async () => {
    const treasurer = await device("bendahara");
    const { page } = treasurer;
    await signIn(treasurer, "Bendahara");
    await openMenu(treasurer, "Anggaran");
    await treasurer.waitUntilInstalled();
    treasurer.wire.cut();
    await treasurer.expectState("offline");
    const first = page.getByRole("textbox", { name: /^Realisasi \(Rp\) / }).first();
    await first.fill("1");
    await page.getByRole("checkbox", { name: /^Sub kegiatan lain tidak berubah/ }).check();
    await page.getByRole("button", { name: "Simpan", exact: true }).click();
    await expect(page.getByRole("alert").first()).toContainText("Realisasi kumulatif turun dari Rp");
    await expectAccessible(treasurer, "Anggaran with a question");
    // Pressed again it is confirmed: the bendahara knows why it fell.
    await page.getByRole("button", { name: "Simpan", exact: true }).click();
    await expect(page.getByText(/(\d+) dari \1 sub kegiatan lengkap/)).toBeVisible();
    await expect(treasurer.status).toContainText("1 belum terkirim");
    treasurer.wire.restore();
    await treasurer.expectState("green");
  });

  await test.step("now it is submitted", async () => {
    await finish(secretary);
    await secretary.expectState("green");
  });
});
