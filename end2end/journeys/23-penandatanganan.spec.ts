import { readFile } from "node:fs/promises";

import { expectAccessible } from "../support/accessibility.ts";
import { type Device, expect, test } from "../support/journey.ts";
import { openMenu, signIn } from "../support/screens.ts";

test.setTimeout(120_000);

/** The end of a procedure: signed, sent, archived. */
const SOP = `title = "PENANDATANGANAN"
chart_title = ""
institution = []
year = 2026
number = "000.8.3.3/09/SOP/KC-2026"
created = ""
revised = ""
effective = ""
approved_by_post = ""
legal_bases = []
qualifications = []
related = []
equipment = []
warning = ""
recording = []
printed_columns = []
standard_heads = []
${[
  [1, "Penandatanganan", "camat", "sign", ""],
  [2, "Surat pengantar", "sekretaris_tim", "letter", "1"],
  [3, "Pengarsipan", "anggota_tim", "archive", "2"],
]
  .map(
    ([number, title, actor, kind, after]) => `
[[steps]]
number = ${number}
text = "${title}"
screen_title = "${title}"
actors = ["${actor}"]
per_unit = false
kind = "${kind}"
after = [${after}]
requires = ""
minutes = 10
output = ""`,
  )
  .join("\n")}
`;

/** A round of the last quarter that is ready to be signed. */
async function ready(device: Device): Promise<void> {
  const { page } = device;
  await signIn(device, "Admin");
  await device.goto("/pengaturan/sop");
  await page.getByRole("textbox", { name: "Isi SOP (TOML)" }).fill(SOP);
  await page.getByRole("button", { name: "Periksa dan simpan" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "/09/SOP/" })).toBeVisible();
  await expect(page.getByText("Versi baru SOP tersimpan.")).toBeVisible();
  await device.expectState("green");
  await device.goto("/pengaturan/tahapan");
  await page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
  const choice = page.getByRole("combobox", { name: "SOP" });
  const own = await choice.getByRole("option", { name: /\/09\/SOP\// }).getAttribute("value");
  await choice.selectOption(own);
  await page.getByRole("textbox", { name: "Batas isi data" }).fill("20 Januari 2027");
  await page.getByRole("button", { name: "Buka tahapan" }).click();
  await device.expectState("green");
}

async function openStep(device: Device, step: string): Promise<void> {
  await openMenu(device, "Tahapan");
  await device.page.getByRole("main").getByRole("link", { name: step }).first().click();
  await expect(device.page.getByRole("heading", { level: 1, name: new RegExp(step) })).toBeVisible();
}

async function finish(device: Device): Promise<void> {
  const { page } = device;
  await page.getByRole("region", { name: "Pelaksanaan" }).getByRole("button", { name: "Selesai" }).click();
  const dialog = page.getByRole("dialog", { name: "Selesai" });
  await dialog.getByRole("textbox", { name: /^Waktu kerja/ }).fill("9");
  await dialog.getByRole("button", { name: "Selesai" }).click();
  await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("selesai");
}

test("a document is signed by password, its letter numbered, and the package has it all", async ({ device }) => {
  const admin = await device("admin");
  await ready(admin);

  const camat = await device("camat");
  await test.step("the Camat reads the document and signs with her password", async () => {
    const { page } = camat;
    await signIn(camat, "Camat");
    await openStep(camat, "Penandatanganan");
    await page.getByRole("button", { name: "Tandatangani" }).click();
    const dialog = page.getByRole("dialog", { name: "Tandatangani" });
    await expect(dialog.getByRole("combobox", { name: "Yang menandatangani" })).toContainText("CAMAT CONTOH");
    await dialog.getByRole("textbox", { name: /^Waktu kerja/ }).fill("5");
    await dialog.getByRole("button", { name: "Tandatangani" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "Kata sandi penanda tangan wajib diisi." })).toBeVisible();
    await dialog.getByLabel(/^Kata sandi penanda tangan/).fill("salah-sekali");
    await dialog.getByRole("button", { name: "Tandatangani" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "kata sandi salah" })).toBeVisible();
    await dialog.getByLabel(/^Kata sandi penanda tangan/).fill("contoh-2026");
    await dialog.getByRole("button", { name: "Tandatangani" }).click();
    await expect(page.getByText("Ditandatangani. Dokumen terkunci.")).toBeVisible();
    await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("Camat sebagai CAMAT CONTOH");
    await page.getByRole("link", { name: "Lihat dokumen" }).click();
    await expect(page.getByText("sama dengan yang ditandatangani")).toBeVisible();
    await expectAccessible(camat, "document");
    // What nobody filled in is awaited no more, here and in the recap.
    await expect(page.getByRole("main").getByText("tidak diisi").first()).toBeVisible();
    await expect(page.getByRole("main").getByText("belum diisi")).toHaveCount(0);
    const digest = await page.locator("code.hash").first().textContent();
    await page.getByRole("link", { name: "Cetak Form Pengukuran Kinerja" }).click();
    const sheet = page.getByRole("article");
    await expect(sheet).toContainText(`Segel Takar, kode ${(digest ?? "").slice(0, 8)}`);
    await expect(sheet).toContainText(/Contoh, \d+ \S+ \d{4}\s*CAMAT CONTOH/);
  });

  await test.step("the letter waits for its number, which the office gives", async () => {
    const clerk = await device("perencanaan");
    const { page } = clerk;
    await signIn(clerk, "Kasubbag Perencanaan");
    await openStep(clerk, "Surat pengantar");
    await expect(page.getByText("Nomor menyusul")).toBeVisible();
    clerk.wire.cut();
    await clerk.expectState("offline");
    await page.getByRole("button", { name: "Beri nomor" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Tidak ada sambungan ke kantor" })).toBeVisible();
    clerk.wire.restore();
    await page.getByRole("button", { name: "Beri nomor" }).click();
    await expect(page.getByText(/^000\.8\.6\.3\/\d+\/KC\/\d{4}, /)).toBeVisible();
    await page.getByRole("textbox", { name: "Kepada" }).fill("Bupati Contoh");
    await page.getByRole("combobox", { name: "Dikirim lewat" }).selectOption("Diantar");
    await page.getByRole("textbox", { name: "Tanggal dikirim" }).fill("30/11/2026");
    await page.getByRole("textbox", { name: /^Diterima tanggal/ }).fill("30/11/2026");
    await page.getByRole("textbox", { name: "Penerima" }).fill("Bagian Organisasi");
    await expectAccessible(clerk, "letter");
    await page.locator("section", { has: page.getByRole("heading", { name: "Isi tahap ini" }) }).getByRole("button", { name: "Simpan" }).click();
    await expect(page.getByText("Tersimpan").first()).toBeVisible();
    await page.getByRole("link", { name: "Cetak surat pengantar" }).click();
    const paper = page.getByRole("article");
    for (const words of ["PEMERINTAH KABUPATEN CONTOH", "SURAT PENGANTAR", "Bupati Contoh", "CAMAT CONTOH"]) {
      await expect(paper).toContainText(words);
    }
    await expect(paper).toContainText(/Nomor: 000\.8\.6\.3\/\d+\/KC\/2026/);
    await expectAccessible(clerk, "cover letter");
    await page.goBack();
    await finish(clerk);
  });

  await test.step("archived, everything is in one file", async () => {
    const member = await device("anggota");
    const { page } = member;
    await signIn(member, "Anggota Tim");
    await openStep(member, "Pengarsipan");
    await page.getByRole("textbox", { name: "Kode klasifikasi arsip" }).fill("000.8.6.3");
    await page.getByRole("textbox", { name: "Lokasi simpan" }).fill("Lemari 2, rak 1");
    await page.getByRole("button", { name: "Simpan" }).click();
    await expect(page.getByRole("region", { name: "Retensi arsip" })).toContainText(/aktif s\.d\. .+ 2028, inaktif s\.d\. .+ 2031/);
    await finish(member);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Unduh paket (ZIP)" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("paket-triwulan-iv-2026.zip");
    const bytes = await readFile(await file.path());
    const text = bytes.toString("latin1");
    for (const name of ["dokumen.json", "dokumen.csv", "tanda-tangan.json", "jejak.csv", "manifest.json"]) {
      expect(text).toContain(name);
    }
    expect(text).toMatch(/"number": "000\.8\.6\.3\/\d+\/KC\/2026"/);
  });

  await test.step("the minutes of each person are for that person and the Sekretaris", async () => {
    const times = async (who: Device) => {
      await openMenu(who, "Tahapan");
      await who.page.getByRole("link", { name: "Waktu pelaksanaan" }).click();
      return who.page.getByRole("region", { name: "Menit per orang" }).locator("tbody tr");
    };
    const own = await times(camat);
    await expect(own).toHaveCount(1);
    await expect(own).toHaveText(/^Camat\s*1\s*5 menit$/);
    const secretary = await device("sekretaris");
    await signIn(secretary, "Sekretaris");
    await expect(await times(secretary)).toHaveText([/^Camat/, /^Kasubbag Perencanaan/, /^Anggota Tim/]);
    await expectAccessible(secretary, "times");
  });
});
