import { expect } from "@playwright/test";

import { download, unpack } from "../package.ts";
import { openEntry, openMenu } from "../screens.ts";
import { carryOut, line, openStep, section } from "../steps.ts";
import { type Cast, NAGARI } from "./cast.ts";
import { day } from "./signing.ts";

/** Step 12: the letter gets its number, which is given back. */
export async function number({ planner }: Cast): Promise<string> {
  const { page } = planner;
  await openStep(planner, "Surat pengantar dan nomor");
  await page.getByRole("button", { name: "Beri nomor" }).click();
  const numbered = section(planner, "Nomor surat").getByText(/^000\.8\.6\.3\/\d+\/KU\/\d{4}, /);
  await expect(numbered).toBeVisible();
  const number = (await numbered.innerText()).split(",")[0];
  const paper = section(planner, "Isi tahap ini");
  await paper.getByRole("textbox", { name: "Kepada" }).fill("Bupati Uji melalui Bagian Organisasi");
  await paper.getByRole("combobox", { name: "Dikirim lewat" }).selectOption("Diantar");
  await paper.getByRole("textbox", { name: "Tanggal dikirim" }).fill(day(0));
  await paper.getByRole("button", { name: "Simpan" }).click();
  await carryOut(planner, "Surat pengantar dan nomor", "14");
  const receipt = section(planner, "Tanda terima");
  await receipt.getByRole("textbox", { name: /^Diterima tanggal/ }).fill(day(0));
  await receipt.getByRole("textbox", { name: "Penerima" }).fill("Bagian Organisasi");
  await receipt.getByRole("button", { name: "Simpan" }).click();
  await planner.expectState("green");
  return number;
}

/** Steps 13 and 14. */
export async function archive({ member }: Cast): Promise<void> {
  const { page } = member;
  await openStep(member, "Penggandaan");
  await page.getByRole("textbox", { name: "Jumlah rangkap" }).fill("2");
  await page.getByRole("textbox", { name: "Untuk siapa" }).fill("Bupati dan arsip");
  await page.getByRole("button", { name: "Simpan" }).click();
  await carryOut(member, "Penggandaan", "22");
  await openStep(member, "Pengarsipan");
  await page.getByRole("textbox", { name: "Kode klasifikasi arsip" }).fill("000.8.6.3");
  await page.getByRole("textbox", { name: "Lokasi simpan" }).fill("Lemari 2, rak 1");
  await page.getByRole("button", { name: "Simpan" }).click();
  await carryOut(member, "Pengarsipan", "9");
  await member.expectState("green");
}

/** The files of step 14's package. */
export async function takePackage({ member }: Cast): Promise<Map<string, Buffer>> {
  const { name, bytes } = await download(member, member.page.getByRole("link", { name: "Unduh paket (ZIP)" }));
  expect(name).toBe("paket-triwulan-iv-2025.zip");
  return unpack(bytes);
}

/** Isi data and Anggaran say in words that nothing may be changed any more, and have no field. */
export async function expectLocked({ government, member }: Cast): Promise<void> {
  const words = "Dokumen sudah ditandatangani. Angka yang salah dinyatakan ulang pada tahapan berikutnya.";
  await openEntry(government);
  await expect(government.page.getByText(words)).toBeVisible();
  await expect(government.page.getByText("112,50%")).toBeVisible();
  await expect(government.page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  await expect(government.page.getByRole("button", { name: "Tempel dari Excel" })).toHaveCount(0);
  await openMenu(member, "Anggaran");
  await expect(member.page.getByText(words)).toBeVisible();
  await expect(member.page.getByRole("main").getByRole("textbox")).toHaveCount(0);
}

/** What the officer ticked without a connection arrives: data susulan, which changes nothing. */
export async function tooLate({ officer, government }: Cast): Promise<void> {
  officer.wire.restore();
  await expect(officer.status).not.toContainText("1 belum terkirim");
  await openMenu(government, "Ditahan dan data susulan");
  const late = line(government, NAGARI[3]).first();
  await expect(late).toContainText("data susulan");
  await expect(late).toContainText("Staf Lapangan");
  await openEntry(government);
  await expect(government.page.getByRole("button", { name: /^3 dari 5/ })).toBeVisible();
}
