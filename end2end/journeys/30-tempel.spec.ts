import { type Device, expect, test } from "../support/journey.ts";
import { amount, cell, enter, openCard, openEntry, openMenu, recapRow, saveCard, signIn } from "../support/screens.ts";

const SUPERVISION = "Persentase pembinaan dan pengawasan nagari";
const COMPLAINTS = "Keluhan belum tertangani";
/** The next line of the grid that takes a number. */
const MONEY =
  "Jumlah Dokumen yang Difasilitasi dalam rangka Pengelolaan Keuangan Nagari dan Pendayagunaan Aset Nagari";

/** Pastes into a cell what Excel put on the clipboard. */
async function paste(device: Device, into: ReturnType<typeof cell>, text: string): Promise<void> {
  const { page } = device;
  await device.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: device.address });
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await into.focus();
  await page.keyboard.press("ControlOrMeta+v");
}

test("cells pasted from Excel fill the grid as drafts, and one press takes them back or saves them all", async ({ device }) => {
  const other = await device("lain");
  await signIn(other, "Inspektorat");
  await openMenu(other, "Rekap capaian");
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  await page.getByRole("switch", { name: "Tampilkan catatan" }).check();
  const note = (label: string, indicator: string) => page.getByRole("textbox", { name: `${label} ${indicator}` });
  const bar = (words: string) => page.getByRole("status").filter({ hasText: words });
  const was = { complaints: await cell(laptop, COMPLAINTS).inputValue(), money: await cell(laptop, MONEY).inputValue() };
  const line = page.getByRole("row").filter({ has: cell(laptop, COMPLAINTS) });

  await test.step("a column of two numbers: both cells, counted in words, not yet saved", async () => {
    await paste(laptop, cell(laptop, COMPLAINTS), "5\r\n3\r\n");
    await expect(bar("2 sel diisi dari Excel, masih draf.")).toBeVisible();
    await expect(cell(laptop, COMPLAINTS)).toHaveValue("5");
    await expect(cell(laptop, MONEY)).toHaveValue("3");
    await expect(line).toContainText("draf");
    await expect(laptop.status).toContainText("2 draf belum disimpan");
    await expect(recapRow(other, COMPLAINTS)).toContainText(`${was.complaints} Kasus`);
  });

  await test.step("one press gives back what stood there", async () => {
    await page.getByRole("button", { name: "Urungkan" }).click();
    await expect(cell(laptop, COMPLAINTS)).toHaveValue(was.complaints);
    await expect(cell(laptop, MONEY)).toHaveValue(was.money);
    await expect(bar("dari Excel")).toHaveCount(0);
    await laptop.expectState("green");
  });

  await test.step("two columns of notes: a cell with a line break stays one cell", async () => {
    await paste(laptop, note("Faktor pendukung", COMPLAINTS), 'Kader aktif\t"Hujan\nderas"\r\n\tBerkas kurang\r\n');
    await expect(bar("3 sel diisi dari Excel, masih draf.")).toBeVisible();
    await expect(note("Faktor pendukung", COMPLAINTS)).toHaveValue("Kader aktif");
    await expect(note("Kendala", MONEY)).toHaveValue("Berkas kurang");
    await page.getByRole("button", { name: "Simpan semua" }).click();
    await expect(bar("dari Excel")).toHaveCount(0);
    await laptop.expectState("green");
    await page.getByRole("button", { name: `Rincian ${COMPLAINTS}` }).click();
    const detail = page.getByRole("dialog", { name: COMPLAINTS });
    await expect(detail.getByRole("textbox", { name: /^Kendala/ })).toHaveValue("Hujan\nderas");
    await page.keyboard.press("Escape");
  });

  await test.step("lines with names go to their indicators, and a foreign name is counted", async () => {
    await page.getByRole("button", { name: "Tempel dari Excel" }).click();
    const dialog = page.getByRole("dialog", { name: "Tempel dari Excel" });
    await dialog.getByRole("textbox", { name: "Data dari Excel" }).fill(`${MONEY}\t3\nIndikator lain\t9\n${COMPLAINTS}\t5\n`);
    await dialog.getByRole("button", { name: "Isikan ke tabel" }).click();
    await expect(bar("2 sel diisi dari Excel, masih draf. 1 baris tidak menemukan tempat.")).toBeVisible();
    await page.getByRole("button", { name: "Simpan semua" }).click();
    await expect(line).not.toContainText("draf");
    await laptop.expectState("green");
    await expect(recapRow(other, COMPLAINTS)).toContainText("5 Kasus");
    await expect(recapRow(other, MONEY)).toContainText("3 Dokumen");
  });

  await test.step("all of it is there after a reload", async () => {
    await page.reload();
    await expect(cell(laptop, COMPLAINTS)).toHaveValue("5");
    await expect(cell(laptop, MONEY)).toHaveValue("3");
    await page.getByRole("switch", { name: "Tampilkan catatan" }).check();
    await expect(note("Faktor pendukung", COMPLAINTS)).toHaveValue("Kader aktif");
    await expect(note("Kendala", MONEY)).toHaveValue("Berkas kurang");
  });
});

test("985 in place of 98,5 is asked about: one press mends it, another says that it is right", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  const question = page.getByText(/^985 jauh dari .+ Maksudnya 98,5\?$/);

  await test.step("asked beside the cell, and nothing wrong is taken for right", async () => {
    await enter(laptop, SUPERVISION, "985");
    await expect(question).toBeVisible();
    await expect(page.getByRole("button", { name: "985 sudah benar" })).toBeVisible();
  });

  await test.step("mended with one press", async () => {
    await page.getByRole("button", { name: "Ganti menjadi 98,5" }).click();
    await expect(cell(laptop, SUPERVISION)).toHaveValue("98,5");
    await expect(question).toHaveCount(0);
    await laptop.expectState("green");
  });

  await test.step("on a phone the same question is answered with: it is right", async () => {
    const phone = await device("hp", { phone: true });
    await signIn(phone, "Staf lapangan");
    await openEntry(phone);
    await openCard(phone, SUPERVISION);
    await expect(amount(phone)).toHaveValue("98,5");
    await amount(phone).fill("985");
    // Saved and asked on the same card: the next one would hide the question.
    await saveCard(phone);
    await expect(phone.page.getByText(/^985 jauh dari .+ Maksudnya 98,5\?$/)).toBeVisible();
    await phone.page.getByRole("button", { name: "985 sudah benar" }).click();
    await phone.expectState("green");
    await expect(cell(laptop, SUPERVISION)).toHaveValue("985");
    await expect(question).toHaveCount(0);
  });
});
