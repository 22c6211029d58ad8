import { readFile } from "node:fs/promises";

import { type Device, expect, test } from "../support/journey.ts";
import { openEntry, openMenu, signIn } from "../support/screens.ts";
import { finish, line, openStep } from "../support/steps.ts";

const UNIT = "Seksi Pemerintahan";
const ELECTION = "Jumlah Dokumen Fasilitasi dalam rangka Pelaksanaan Pemilihan Wali Nagari";
const MONEY =
  "Jumlah Dokumen yang Difasilitasi dalam rangka Pengelolaan Keuangan Nagari dan Pendayagunaan Aset Nagari";

test.setTimeout(240_000);

/** The tick of an indicator in the editor of the form. */
function tick(device: Device, indicator: string) {
  return device.page.getByRole("checkbox", { name: new RegExp(`^${indicator}`) });
}

/** The list of a paper. */
function list(device: Device, title: string) {
  return device.page.getByRole("main").locator("section").filter({ has: device.page.getByRole("heading", { name: title, exact: true }) });
}

test("what the form leaves out is gone from entry, and what units and the meeting say changes it", async ({ device }) => {
  const year = new Date().getFullYear() + 1;
  const office = await device("sekretaris");
  await signIn(office, "Sekretaris");
  await office.waitUntilInstalled();
  await test.step("a new round runs by the SOP", async () => {
    await office.goto("/pengaturan/tahapan");
    const { page } = office;
    await page.getByRole("textbox", { name: "Tahun" }).fill(String(year));
    await page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
    await page.getByRole("textbox", { name: "Batas isi data" }).fill(`20 Januari ${year + 1}`);
    await page.getByRole("button", { name: "Buka tahapan" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "dibuka" })).toHaveCount(2);
    await office.expectState("green");
  });

  await test.step("the order goes on to the planner, who has it as a task", async () => {
    const { page } = office;
    await openStep(office, "Perintah");
    await page.getByRole("textbox", { name: "Isi disposisi" }).fill("Susun pengukuran kinerja.");
    await page.getByRole("button", { name: "Simpan" }).click();
    const hops = list(office, "Diteruskan kepada");
    await hops.getByRole("combobox", { name: /^Diteruskan kepada/ }).selectOption({ label: "Sekretaris Tim SAKIP" });
    await hops.getByRole("textbox", { name: /^Isi perintah/ }).fill("Siapkan form.");
    await hops.getByRole("button", { name: "Tambah" }).click();
    await expect(hops.getByRole("listitem")).toContainText(["belum diterima"]);
    await finish(office, "10");
    await office.expectState("green");
  });

  const planner = await device("perencanaan");
  await signIn(planner, "Kasubbag Perencanaan");
  await test.step("the planner leaves an indicator out of the form, and delivers it", async () => {
    const { page } = planner;
    await openMenu(planner, "Beranda");
    await line(planner, "Terima disposisi: Siapkan form.").getByRole("link").first().click();
    await page.getByRole("button", { name: /^Terima disposisi/ }).click();
    const dialog = page.getByRole("dialog", { name: "Terima disposisi" });
    await dialog.getByRole("button", { name: "Terima disposisi" }).click();
    await expect(line(planner, "Siapkan form.")).toContainText("sudah diterima");
    await openStep(planner, "Penyusunan form");
    await page.getByRole("link", { name: "Lihat dan ubah form" }).click();
    await tick(planner, ELECTION).uncheck();
    await page.getByRole("textbox", { name: /^Alasan perubahan/ }).fill("Tidak ada pemilihan tahun ini.");
    await page.getByRole("button", { name: "Simpan sebagai versi 2" }).click();
    await expect(page.getByText(/^versi 2 · .*1 tidak diukur/).first()).toBeVisible();
    for (const step of ["Penyusunan form", "Penyampaian form"]) {
      await openStep(planner, step);
      await finish(planner, "20");
    }
    await planner.expectState("green");
  });

  const phone = await device("hp-kasi", { phone: true });
  await signIn(phone, "Kasi Pemerintahan");
  await phone.waitUntilInstalled();
  await test.step("the unit reads it and says something, without a connection", async () => {
    phone.wire.cut();
    await phone.expectState("offline");
    const { page } = phone;
    await openMenu(phone, "Beranda");
    await line(phone, `Baca form ${UNIT}`).getByRole("link").first().click();
    await page.getByRole("textbox", { name: /^Masukan untuk penyusun form/ }).fill("Keuangan nagari baru ada di semester depan.");
    await page.getByRole("button", { name: "Sudah dibaca" }).click();
    await expect(line(phone, UNIT).first()).toContainText("sudah dibaca");
    await openEntry(phone);
    await expect(page.getByText(ELECTION)).toHaveCount(0);
    await expect(page.getByText(MONEY).first()).toBeVisible();
    phone.wire.restore();
    await phone.expectState("green");
  });

  await test.step("those invited answer", async () => {
    const { page } = office;
    await openStep(office, "Undangan rapat");
    await page.getByRole("textbox", { name: "Hari dan tanggal rapat" }).fill("12 Oktober 2026");
    await page.getByRole("textbox", { name: "Waktu" }).fill("09.00 WIB");
    await page.getByRole("textbox", { name: "Tempat" }).fill("Ruang rapat");
    await page.getByRole("textbox", { name: "Acara" }).fill("Pembahasan form");
    await page.getByRole("button", { name: "Simpan" }).click();
    const invited = list(office, "Yang diundang");
    await invited.getByRole("combobox").selectOption({ label: `Kepala Seksi · ${UNIT}` });
    await invited.getByRole("button", { name: "Tambah" }).click();
    await expect(page.getByRole("link", { name: /\.ics/ })).toHaveAttribute("href", /DTSTART%3A20261012T020000Z/);
    await finish(office, "20");
    await office.expectState("green");
    await openMenu(phone, "Beranda");
    await line(phone, "Jawab undangan rapat 12 Oktober 2026").getByRole("link").first().click();
    await phone.page.getByRole("button", { name: /^Jawab undangan/ }).click();
    const dialog = phone.page.getByRole("dialog", { name: "Jawab undangan" });
    await dialog.getByRole("combobox", { name: "Jawaban" }).selectOption("Hadir");
    await dialog.getByRole("button", { name: "Jawab undangan" }).click();
    await phone.expectState("green");
    await expect(line(office, UNIT)).toContainText("hadir");
  });

  await test.step("the meeting is held without a connection, and its decision changes the form", async () => {
    office.wire.cut();
    await office.expectState("offline");
    const { page } = office;
    await openStep(office, "Rapat pembahasan");
    await page.getByRole("textbox", { name: "Hari dan tanggal rapat" }).fill("12 Oktober 2026");
    await page.getByRole("button", { name: "Simpan" }).click();
    await page.getByRole("button", { name: "Salin dari undangan" }).click();
    await expect(list(office, "Daftar hadir").getByRole("listitem")).toContainText([UNIT]);
    const decisions = list(office, "Putusan rapat");
    await decisions.getByRole("textbox", { name: "Putusan" }).fill("Keuangan nagari tidak diukur, pemilihan wali nagari diukur.");
    await decisions.getByRole("button", { name: "Tambah" }).click();
    await finish(office, "90");
    await decisions.getByRole("link", { name: "Ubah form menurut putusan ini" }).click();
    await expect(page.getByRole("textbox", { name: /^Alasan perubahan/ })).toHaveValue(/^Putusan rapat: Keuangan nagari/);
    await tick(office, ELECTION).check();
    await tick(office, MONEY).uncheck();
    await page.getByRole("button", { name: "Simpan sebagai versi 3" }).click();
    await expect(page.getByText(/^versi 3 · /).first()).toBeVisible();
    office.wire.restore();
    await office.expectState("green");
  });

  await test.step("entry follows without a reload, and the unit is asked to read it again", async () => {
    await openEntry(phone);
    await expect(phone.page.getByText(ELECTION).first()).toBeVisible();
    await expect(phone.page.getByText(MONEY)).toHaveCount(0);
    await openMenu(phone, "Beranda");
    await expect(line(phone, `Baca form ${UNIT}`)).toContainText("versi 3");
  });
});

test("a unit's form goes out as Excel, and coming back untouched it changes nothing", async ({ device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  const { page } = laptop;
  await page.getByText("Form sebagai Excel").click();
  const going = page.waitForEvent("download");
  await page.getByRole("button", { name: "Unduh Excel" }).click();
  const file = await (await going).path();
  const pick = page.getByLabel("Bawa Excel yang sudah diisi");
  await pick.setInputFiles({ name: "form.xlsx", mimeType: "", buffer: await readFile(file) });
  await expect(page.getByText("Tidak ada isian yang berubah dalam berkas ini.")).toBeVisible();
  await pick.setInputFiles({ name: "lain.xlsx", mimeType: "", buffer: Buffer.from("bukan excel") });
  await expect(page.getByRole("alert")).toContainText("Berkas ini bukan Excel yang utuh.");
  // The browser writes the refusal into its console by itself.
  await expect.poll(() => laptop.faults.length).toBe(1);
  expect(laptop.faults.splice(0)).toEqual([expect.stringContaining("422")]);
  laptop.wire.cut();
  await page.getByRole("button", { name: "Unduh Excel" }).click();
  await expect(page.getByRole("alert")).toContainText("Excel dibuat dan dibaca oleh kantor.");
});
