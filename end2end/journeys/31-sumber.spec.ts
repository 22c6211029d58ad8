import { expect, test } from "../support/journey.ts";
import { amount, candidate, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const UNIT = "Seksi Pemerintahan";

test("a number that came by WhatsApp says so to its judge, and for whom it was typed", async ({ device }) => {
  const kasi = await device("kasi");
  await signIn(kasi, "Kasi Pemerintahan");
  await openMenu(kasi, "Validasi");
  const figure = candidate(kasi, INDICATOR);
  await expect(figure).not.toContainText("dari WhatsApp");

  const phone = await device("hp", { phone: true });
  await test.step("an Anggota Tim types for the unit: source and for whom", async () => {
    const { page } = phone;
    await signIn(phone, "Anggota Tim");
    await openEntry(phone, UNIT);
    await openCard(phone, INDICATOR);
    await amount(phone).fill("5");
    await page.getByText("Sumber data: dari kertas").click();
    await page.getByRole("combobox", { name: "Sumber data" }).selectOption({ label: "dari WhatsApp" });
    await page.getByRole("combobox", { name: "Atas nama" }).selectOption({ label: "Staf lapangan Pemerintahan" });
    await expect(page.getByText("Sumber data: dari WhatsApp")).toBeVisible();
    await saveCard(phone);
    await phone.expectState("green");
  });

  await test.step("the Kasi sees the origin with the number, without a reload", async () => {
    await expect(figure).toContainText("5 Kasus");
    await expect(figure).toContainText("dari WhatsApp");
  });

  await test.step("the history says who typed it, for whom and whence", async () => {
    await figure.getByText("Riwayat", { exact: true }).click();
    const act = figure.getByRole("listitem").filter({ hasText: "dari WhatsApp" });
    await expect(act).toContainText("Anggota Tim");
    await expect(act).toContainText("atas nama Staf lapangan");
  });
});
