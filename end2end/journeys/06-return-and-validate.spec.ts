import { expect, test } from "../support/journey.ts";
import { amount, candidate, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const COMMENT = "Cocokkan dengan buku pengaduan.";

test("a returned value is mended, sent again and validated", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await openCard(phone, INDICATOR);
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Validasi");

  await test.step("the Kasi may not return it without saying why", async () => {
    await candidate(laptop, INDICATOR).getByRole("button", { name: "Kembalikan" }).click();
    await candidate(laptop, INDICATOR).getByRole("button", { name: "Kembalikan" }).click();
    await expect(candidate(laptop, INDICATOR).getByText("Tulis dahulu apa yang perlu diperbaiki.")).toBeVisible();
    await expect(candidate(laptop, INDICATOR).getByRole("textbox", { name: "Apa yang perlu diperbaiki?" })).toBeFocused();
  });

  await test.step("the comment stands beside the officer's field without a reload", async () => {
    await expect(phone.page.getByText(COMMENT)).toBeHidden();
    await candidate(laptop, INDICATOR).getByRole("textbox", { name: "Apa yang perlu diperbaiki?" }).fill(COMMENT);
    await candidate(laptop, INDICATOR).getByRole("button", { name: "Kembalikan" }).click();
    await expect(phone.page.getByText("Dikembalikan untuk diperbaiki")).toBeVisible();
    await expect(phone.page.getByText(COMMENT)).toBeVisible();
  });

  await test.step("mended and sent again it is ready once more", async () => {
    await amount(phone).fill("5");
    await saveCard(phone);
    await phone.expectState("green");
    await expect(candidate(laptop, INDICATOR)).toContainText("5 Kasus");
    await expect(candidate(laptop, INDICATOR).getByRole("button", { name: "Terima" })).toBeHidden();
    await openMenu(phone, "Isi data");
    await phone.page.getByRole("link", { name: "Periksa & kirim" }).click();
    await phone.page.getByRole("button", { name: "Kirim lagi" }).click();
    await expect(phone.page.getByText("Sudah dikirim ke kepala unit.")).toBeVisible();
    await expect(phone.page.getByRole("button", { name: /^Kirim/ })).toHaveCount(0);
    await expect(candidate(laptop, INDICATOR).getByRole("button", { name: "Terima" })).toBeVisible();
  });

  await test.step("accepted it is validated on both devices, and the history tells the whole way", async () => {
    await candidate(laptop, INDICATOR).getByRole("button", { name: "Terima" }).click();
    await expect(candidate(laptop, INDICATOR)).toContainText("divalidasi");
    await laptop.expectState("green");
    await openMenu(phone, "Isi data");
    await expect(phone.page.getByRole("listitem").filter({ hasText: INDICATOR })).toContainText("divalidasi");
    await openCard(phone, INDICATOR);
    await phone.page.getByText("Riwayat", { exact: true }).click();
    await expect(phone.page.getByText(`Validasi: dikembalikan: ${COMMENT}`)).toBeVisible();
    await expect(phone.page.getByText(`sebelumnya: dikembalikan: ${COMMENT}`)).toBeVisible();
  });
});

test("a validation of a value that changed meanwhile is refused with the difference", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await openCard(phone, INDICATOR);
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Validasi");
  await expect(candidate(laptop, INDICATOR)).toContainText("6 Kasus");

  laptop.wire.cut();
  await candidate(laptop, INDICATOR).getByRole("button", { name: "Terima" }).click();
  await expect(candidate(laptop, INDICATOR)).toContainText("divalidasi");
  await expect(laptop.status).toContainText("1 belum terkirim");
  await amount(phone).fill("5");
  await saveCard(phone);
  await phone.expectState("green");

  await test.step("connected again the Kasi sees what changed; nothing is validated", async () => {
    laptop.wire.restore();
    await expect(laptop.page.getByRole("heading", { name: "Berubah sejak Anda lihat" })).toBeVisible();
    const moved = laptop.page.getByRole("listitem").filter({ hasText: "yang Anda lihat" });
    await expect(moved).toHaveCount(1);
    await expect(moved).toContainText(INDICATOR);
    await expect(moved).toContainText(/yang Anda lihat 6\b.*sekarang 5\b/);
    await expect(candidate(laptop, INDICATOR)).toContainText("5 Kasus");
    await expect(candidate(laptop, INDICATOR)).not.toContainText("divalidasi");
    await laptop.expectState("attention");
  });

  await test.step("read and put away, the device is in order again", async () => {
    await laptop.page.getByRole("button", { name: "Mengerti" }).click();
    await expect(laptop.page.getByRole("heading", { name: "Berubah sejak Anda lihat" })).toBeHidden();
    await laptop.expectState("green");
    await openMenu(phone, "Isi data");
    const line = phone.page.getByRole("listitem").filter({ hasText: INDICATOR });
    await expect(line).toContainText("5 Kasus");
    await expect(line).not.toContainText("divalidasi");
  });
});
