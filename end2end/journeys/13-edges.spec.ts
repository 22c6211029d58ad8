import { expect, test } from "../support/journey.ts";
import { amount, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

test("a browser that keeps nothing is told so before anybody types", async ({ device }) => {
  const phone = await device("hp", {
    phone: true,
    script: () => {
      Object.defineProperty(window, "indexedDB", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    },
  });
  await phone.goto("/isi");
  await expect(phone.page.getByRole("heading", { level: 1 })).toHaveText("Takar tidak dapat menyimpan di perangkat ini");
  await expect(phone.page.getByRole("textbox")).toHaveCount(0);
  await expect(phone.page.getByRole("button", { name: "Muat ulang" })).toBeVisible();
});

test("two rounds are open at once, and each keeps its own values", async ({ device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Admin");
  await laptop.goto("/pengaturan/tahapan");
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  const rounds = phone.page.getByRole("combobox", { name: "Tahapan pengukuran" });

  await test.step("a second round makes a choice appear without a reload", async () => {
    await expect(rounds).toHaveCount(0);
    await laptop.page.getByRole("combobox", { name: "Periode" }).selectOption("-q4");
    await laptop.page.getByRole("textbox", { name: "Batas isi data" }).fill("20 Januari 2027");
    // Its figures are entered from the first day, not from step 3 on.
    await laptop.page.getByRole("checkbox", { name: /^Jalankan tahap demi tahap/ }).uncheck();
    await laptop.page.getByRole("button", { name: "Buka tahapan" }).click();
    await expect(laptop.page.getByRole("listitem").filter({ hasText: "dibuka" })).toHaveCount(2);
    await expect(rounds.getByRole("option")).toHaveCount(2);
  });

  await test.step("what is entered in one is not in the other, and both are kept", async () => {
    await rounds.selectOption({ index: 0 });
    await openEntry(phone);
    await openCard(phone, INDICATOR);
    await expect(amount(phone)).toHaveValue("");
    await amount(phone).fill("3");
    await saveCard(phone);
    await phone.expectState("green");
    await rounds.selectOption({ index: 1 });
    await openMenu(phone, "Isi data");
    await openCard(phone, INDICATOR);
    await expect(amount(phone)).toHaveValue("6");
    await rounds.selectOption({ index: 0 });
    await expect(amount(phone)).toHaveValue("3");
  });
});

test("an indicator of two data is set up, entered on a phone and computed", async ({ device }) => {
  const name = "Persentase pembinaan dan pengawasan nagari";
  const admin = await device("laptop");
  await signIn(admin, "Admin");
  await admin.goto("/pengaturan/rencana");
  await admin.page.getByRole("main").getByRole("link", { name }).click();

  await test.step("both names are needed", async () => {
    await admin.page.getByRole("textbox", { name: /^Pembilang/ }).fill("Nagari dibina");
    await admin.page.getByRole("button", { name: "Simpan" }).first().click();
    await expect(admin.page.getByRole("alert")).toContainText("wajib diisi");
    await admin.page.getByRole("textbox", { name: /^Penyebut/ }).fill("Nagari seluruhnya");
    await admin.page.getByRole("button", { name: "Simpan" }).first().click();
    await expect(admin.page.getByRole("alert")).toHaveCount(0);
    await admin.expectState("green");
  });

  await test.step("the officer types both, and capaian follows while typing", async () => {
    const phone = await device("hp", { phone: true });
    await signIn(phone, "Staf lapangan");
    await openEntry(phone);
    await openCard(phone, name);
    await phone.page.getByRole("textbox", { name: /^Nagari dibina/ }).fill("18");
    await phone.page.getByRole("textbox", { name: /^Nagari seluruhnya/ }).fill("20");
    await expect(phone.page.getByText("90,00%").first()).toBeVisible();
    await saveCard(phone);
    await phone.expectState("green");
  });
});
