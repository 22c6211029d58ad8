import { expect } from "@playwright/test";

import type { Device } from "../device.ts";
import { addPost, openPerson, PASSWORD } from "../founding.ts";
import { enter, openEntry, openMenu } from "../screens.ts";
import { finish, line, openStep } from "../steps.ts";
import { type Cast, GOVERNMENT } from "./cast.ts";
import { COMPLAINTS, cutOff, HAND_OVER, reconnect, sendAndValidate, VALIDATION } from "./collecting.ts";

const CORRECTION = "Koreksi Camat";
const SUBMISSION = "Pengajuan persetujuan";
const LATE = "Jelaskan mengapa IKM tidak diukur.";

/** SHA-256 of the document as a device has it. */
export async function digest(device: Device): Promise<string> {
  await openStep(device, CORRECTION);
  await device.page.getByRole("link", { name: "Lihat dokumen" }).click();
  const hash = device.page.locator("code.hash").last();
  await expect(hash).toHaveText(/^[0-9a-f]{64}$/);
  return hash.innerText();
}

/** Step 9 begins: one figure goes back to its unit; what comes next stays on the phone. */
export async function correct({ camat }: Cast): Promise<void> {
  const { page } = camat;
  await openStep(camat, CORRECTION);
  await page.getByRole("button", { name: "Mulai" }).click();
  await page.getByRole("region", { name: "Isi dokumen" }).getByText(GOVERNMENT).click();
  await page.getByRole("button", { name: `Koreksi: ${COMPLAINTS}` }).click();
  await pin(camat, "Hitung ulang dari buku keluhan.");
  await page.getByRole("button", { name: `Kembalikan ke unit: ${COMPLAINTS}` }).click();
  const back = page.getByRole("dialog", { name: "Kembalikan ke unit" });
  await back.getByRole("button", { name: "Kembalikan ke unit" }).click();
  await expect(page.getByRole("region", { name: "Koreksi", exact: true })).toContainText("menunggu unit");
  await camat.expectState("green");

  await cutOff(camat, "2026-01-21T10:00");
  await page.getByRole("button", { name: "Koreksi bagian lain" }).click();
  await pin(camat, LATE);
  await expect(camat.status).toContainText("1 belum terkirim");
}

async function pin({ page }: Device, what: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Koreksi", exact: true });
  await dialog.getByRole("textbox", { name: /^Yang perlu dikoreksi/ }).fill(what);
  await dialog.getByRole("button", { name: "Simpan" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("region", { name: "Koreksi", exact: true })).toContainText(what);
}

/** The unit mends the figure, validates it and hands over again. */
export async function mend({ government }: Cast): Promise<void> {
  await openMenu(government, "Beranda");
  await expect(government.page.getByText("dikembalikan: Hitung ulang dari buku keluhan.").first()).toBeVisible();
  await openEntry(government);
  await enter(government, COMPLAINTS, "7");
  await sendAndValidate(government);
  for (const [step, minutes] of [[VALIDATION, "15"], [HAND_OVER, "12"]]) {
    await openStep(government, step, GOVERNMENT);
    await finish(government, minutes);
    await expect(government.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("selesai");
  }
  await government.expectState("green");
}

/** The Camat's post ended yesterday; from today the Sekretaris acts for it. */
export async function replaceCamat({ planner, secretary }: Cast): Promise<void> {
  const { page } = planner;
  await openPerson(planner, "Camat");
  await page.getByRole("button", { name: "Akhiri: Camat" }).click();
  await page.getByRole("textbox", { name: "Hari terakhir" }).fill(day(-1));
  await page.getByRole("button", { name: "Akhiri", exact: true }).click();
  await expect(page.getByText(`1 Januari 2020 – ${day(-1)}`)).toBeVisible();
  await openPerson(planner, "Sekretaris");
  await addPost(planner, { post: "Camat", tenure: "Plt.", from: day(0) });
  await planner.expectState("green");
  await secretary.page.getByRole("banner").locator("summary").click();
  await expect(secretary.page.getByRole("banner").getByText(/Plt\. Camat/)).toBeVisible();
  await secretary.page.keyboard.press("Escape");
}

/** A day as people write it, counted from today in the office's zone. */
export function day(from: number): string {
  const date = new Date(Date.now() + from * 86_400_000);
  return date.toLocaleDateString("id-ID", { timeZone: "Asia/Jakarta", day: "numeric", month: "long", year: "numeric" });
}

/** Step 9 is ended by the Plt., who sees what became of the correction. */
export async function endCorrection({ secretary }: Cast): Promise<void> {
  const { page } = secretary;
  await openStep(secretary, CORRECTION);
  const list = page.getByRole("region", { name: "Koreksi", exact: true });
  await expect(list).toContainText("sudah dijawab unit");
  await expect(list).toContainText("Saat dikoreksi6 Kasus");
  await expect(list).toContainText("Sekarang7 Kasus");
  await finish(secretary, "50");
  const standing = page.getByRole("region", { name: "Pelaksanaan" });
  await expect(standing).toContainText("50 dari 60 menit");
}

/** Step 10 waits for the budget, which the Bendahara fills in. */
export async function submit({ secretary, member }: Cast): Promise<void> {
  await openStep(secretary, SUBMISSION);
  // Told before anything is pressed, with the way there, and once.
  await expect(secretary.page.getByText("Realisasi anggaran 3 sub kegiatan belum diisi")).toBeVisible();
  await expect(secretary.page.getByRole("link", { name: "Buka Anggaran" })).toBeVisible();
  await secretary.page.getByRole("button", { name: "Mulai" }).click();
  await expect(secretary.page.getByText("Realisasi anggaran 3 sub kegiatan belum diisi")).toBeVisible();
  const { page } = member;
  await openMenu(member, "Anggaran");
  await page.getByLabel("Sampai dengan tanggal").fill("2025-12-31");
  await page.getByRole("textbox", { name: "Sumber" }).fill("Laporan realisasi anggaran");
  for (const [node, rupiah] of [["Penyusunan Dokumen", "9.500.000"], ["Pelayanan Terpadu", "6.000.000"], ["Fasilitasi", "17.000.000"]]) {
    await page.getByRole("textbox", { name: new RegExp(`^Realisasi \\(Rp\\) .*${node}`) }).fill(rupiah);
  }
  await page.getByRole("button", { name: "Simpan", exact: true }).click();
  await expect(page.getByText("3 dari 3 sub kegiatan lengkap")).toBeVisible();
  await member.expectState("green");
  await finish(secretary, "20");
  await expect(secretary.page.getByRole("region", { name: "Pelaksanaan" })).toContainText("selesai");
  await secretary.expectState("green");
}

/** What the former Camat wrote arrives now: both sides read that it is kept and not used. */
export async function lateWork({ camat, secretary }: Cast): Promise<void> {
  await reconnect(camat);
  await expect(camat.status).toContainText("Jabatan Anda di kantor ini sudah berakhir");
  await openMenu(camat, "Beranda");
  await expect(camat.page.getByText("Yang belum sampai di kantor terkirim sendiri saat tersambung.")).toBeVisible();
  await openMenu(camat, "Belum terkirim");
  await expect(line(camat, LATE).first()).toContainText("ditahan");
  await expect(line(camat, LATE).first()).toContainText("Pembuatnya sudah tidak bertugas dalam jabatan itu.");
  await openMenu(secretary, "Ditahan dan data susulan");
  const held = line(secretary, LATE).first();
  await expect(held).toContainText("Dibuat oleh Camat · 21 Januari 2026 pukul 10.00");
  await held.getByRole("button", { name: "Sisihkan" }).click();
  await held.getByRole("textbox", { name: "Alasan disisihkan" }).fill("Sudah dijelaskan di Isi data.");
  await held.getByRole("button", { name: "Sisihkan" }).click();
  await expect(secretary.page.getByText("Tidak ada yang ditahan.")).toBeVisible();
  await secretary.expectState("green");
}

/** Step 11: the Plt. signs with her own password. */
export async function sign({ secretary }: Cast): Promise<void> {
  const { page } = secretary;
  await openStep(secretary, "Penandatanganan");
  await page.getByRole("button", { name: "Mulai" }).click();
  await page.getByRole("region", { name: "Pelaksanaan" }).getByRole("button", { name: "Tandatangani" }).click();
  const dialog = page.getByRole("dialog", { name: "Tandatangani" });
  await expect(dialog.getByRole("combobox", { name: "Yang menandatangani" })).toContainText("Plt. CAMAT UJI");
  await dialog.getByLabel(/^Kata sandi penanda tangan/).fill(PASSWORD);
  await dialog.getByRole("textbox", { name: /^Waktu kerja/ }).fill("8");
  await dialog.getByRole("button", { name: "Tandatangani" }).click();
  await expect(page.getByText("Ditandatangani. Dokumen terkunci.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Pelaksanaan" })).toContainText("Sekretaris sebagai Plt. CAMAT UJI");
}

