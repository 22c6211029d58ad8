import { expect } from "@playwright/test";

import type { Device } from "../device.ts";
import { openEntry, openMenu } from "../screens.ts";
import { carryOut, line, openStep, section } from "../steps.ts";
import { type Cast, GOVERNMENT, SERVICE } from "./cast.ts";

/** Left out in step 2, for good. */
export const ELECTION = "Dokumen pemilihan wali nagari";
/** Left out in step 2, and measured after all by the meeting's decision. */
export const MONEY = "Laporan keuangan nagari";

const DECISION = "Laporan keuangan nagari diukur triwulan ini.";

/** The round of the last quarter, by the SOP of the office. */
export async function openRound(planner: Device): Promise<void> {
  const { page } = planner;
  await planner.goto("/pengaturan/tahapan");
  await page.getByRole("textbox", { name: "Tahun" }).fill("2025");
  await page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
  await page.getByRole("textbox", { name: "Batas isi data" }).fill("28 Januari 2026");
  await page.getByRole("button", { name: "Buka tahapan" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Triwulan IV 2025" })).toContainText("dibuka");
  await planner.expectState("green");
}

/** Step 1: the Camat's order, and on to the Sekretaris Tim. */
export async function order({ camat }: Cast): Promise<void> {
  const { page } = camat;
  await openStep(camat, "Perintah");
  await page.getByRole("textbox", { name: "Isi disposisi" }).fill("Susun pengukuran kinerja triwulan IV.");
  await page.getByRole("button", { name: "Simpan" }).click();
  const hops = section(camat, "Diteruskan kepada");
  await hops.getByRole("combobox", { name: /^Diteruskan kepada/ }).selectOption({ label: "Sekretaris Tim SAKIP" });
  await hops.getByRole("textbox", { name: /^Isi perintah/ }).fill("Siapkan form.");
  await hops.getByRole("button", { name: "Tambah" }).click();
  await carryOut(camat, "Perintah", "12");
}

/** Step 2: two indicators are left out of the form. */
export async function draft({ planner }: Cast): Promise<void> {
  const { page } = planner;
  await openMenu(planner, "Beranda");
  await expect(line(planner, "Terima disposisi: Siapkan form.")).toBeVisible();
  await openStep(planner, "Penyusunan form");
  await page.getByRole("link", { name: "Lihat dan ubah form" }).click();
  await tick(planner, ELECTION).uncheck();
  await tick(planner, MONEY).uncheck();
  await page.getByRole("textbox", { name: /^Alasan perubahan/ }).fill("Tidak ada pemilihan; keuangan menyusul.");
  await page.getByRole("button", { name: "Simpan sebagai versi 2" }).click();
  await expect(page.getByText(/^versi 2 · 7 indikator diukur, 2 tidak diukur/).first()).toBeVisible();
  await openStep(planner, "Penyusunan form");
  await carryOut(planner, "Penyusunan form", "55");
}

function tick(device: Device, indicator: string) {
  return device.page.getByRole("checkbox", { name: new RegExp(`^${indicator}`) });
}

/** Step 3: the form is delivered, and read by a unit. */
export async function deliver({ member, government }: Cast): Promise<void> {
  await openStep(member, "Penyampaian form");
  await carryOut(member, "Penyampaian form", "20");
  const { page } = government;
  await openMenu(government, "Beranda");
  await line(government, `Baca form ${GOVERNMENT}`).getByRole("link").first().click();
  await page.getByRole("textbox", { name: /^Masukan untuk penyusun form/ }).fill("Data keuangan nagari sudah ada.");
  await page.getByRole("button", { name: "Sudah dibaca" }).click();
  await expect(line(government, GOVERNMENT).first()).toContainText("sudah dibaca");
  await expectEntry(government, [ELECTION, MONEY], []);
}

/** What stands in Isi data of the unit, and what does not. */
async function expectEntry(device: Device, without: string[], having: string[]): Promise<void> {
  await openEntry(device);
  await expect(device.page.getByText("Keluhan belum tertangani").first()).toBeVisible();
  for (const name of having) await expect(device.page.getByText(name).first()).toBeVisible();
  for (const name of without) await expect(device.page.getByText(name)).toHaveCount(0);
}

/** Step 4. */
export async function invite({ secretary }: Cast): Promise<void> {
  const { page } = secretary;
  await openStep(secretary, "Undangan rapat");
  await page.getByRole("textbox", { name: "Hari dan tanggal rapat" }).fill("8 Januari 2026");
  await page.getByRole("textbox", { name: "Waktu" }).fill("09.00 WIB");
  await page.getByRole("textbox", { name: "Tempat" }).fill("Ruang rapat");
  await page.getByRole("textbox", { name: "Acara" }).fill("Pembahasan form");
  await page.getByRole("button", { name: "Simpan" }).click();
  const invited = section(secretary, "Yang diundang");
  for (const unit of [GOVERNMENT, SERVICE]) {
    await invited.getByRole("combobox").selectOption({ label: `Kepala Seksi · ${unit}` });
    await invited.getByRole("button", { name: "Tambah" }).click();
    await expect(invited.getByRole("listitem").filter({ hasText: unit })).toBeVisible();
  }
  await carryOut(secretary, "Undangan rapat", "25");
}

/** Step 5: a decision of the meeting changes the form, and entry follows. */
export async function meet({ secretary, government }: Cast): Promise<void> {
  const { page } = secretary;
  await openStep(secretary, "Rapat pembahasan");
  await page.getByRole("textbox", { name: "Hari dan tanggal rapat" }).fill("8 Januari 2026");
  await page.getByRole("button", { name: "Simpan" }).click();
  await page.getByRole("button", { name: "Salin dari undangan" }).click();
  await expect(section(secretary, "Daftar hadir").getByRole("listitem")).toHaveCount(2);
  await secretary.page.getByText("Riwayat", { exact: true }).click();
  await expect(page.getByText(`Daftar hadir: Hadir · Kepala Seksi · ${SERVICE}`)).toBeVisible();
  const decisions = section(secretary, "Putusan rapat");
  await decisions.getByRole("textbox", { name: "Putusan" }).fill(DECISION);
  await decisions.getByRole("button", { name: "Tambah" }).click();
  await carryOut(secretary, "Rapat pembahasan", "110");
  await decisions.getByRole("link", { name: "Ubah form menurut putusan ini" }).click();
  await expect(page.getByRole("textbox", { name: /^Alasan perubahan/ })).toHaveValue(`Putusan rapat: ${DECISION}`);
  await tick(secretary, MONEY).check();
  await page.getByRole("button", { name: "Simpan sebagai versi 3" }).click();
  await expect(page.getByText(/^versi 3 · 8 indikator diukur, 1 tidak diukur/).first()).toBeVisible();
  // Its page of entry has been open since the form was read: it follows by itself.
  await expect(government.page.getByText(MONEY).first()).toBeVisible();
  await expect(government.page.getByText(ELECTION)).toHaveCount(0);
}
