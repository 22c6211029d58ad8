import type { CDPSession } from "@playwright/test";

import { type Device, expect, test } from "../support/journey.ts";
import { amount, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const DAY_MS = 86_400_000;

async function card(phone: Device): Promise<void> {
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await openCard(phone, INDICATOR);
  await phone.expectState("green");
}

/** Sets how much the browser grants this site, until the session says otherwise. */
async function quota(phone: Device, quotaSize: number): Promise<CDPSession> {
  const session = await phone.context.newCDPSession(phone.page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: phone.address, quotaSize });
  return session;
}

/** Another tab of the same site without the app in it. */
async function bareTab(phone: Device) {
  const tab = await phone.context.newPage();
  await tab.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await tab.goto(`${phone.address}/api/v1/health`);
  return tab;
}

test("a full device says so and keeps what was typed", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await card(phone);
  const address = phone.page.url();
  // A browser that has seen room goes on believing in it for a while.
  await phone.restart();
  const session = await quota(phone, 1);
  await phone.page.goto(address);
  await amount(phone).fill("5");

  await test.step("while typing, on saving, and after a reload", async () => {
    const alert = phone.page.getByRole("alert").filter({ hasText: "penyimpanan perangkat penuh" });
    await expect(alert.first()).toBeVisible();
    await saveCard(phone);
    await expect(alert.first()).toContainText("tidak ada yang dihapus");
    await phone.page.goto(address);
    await expect(amount(phone)).toHaveValue("5");
  });

  await test.step("with room again it is saved and sent", async () => {
    await session.send("Storage.overrideQuotaForOrigin", { origin: phone.address });
    await saveCard(phone);
    await phone.expectState("green");
    await expect(phone.page.getByRole("alert").filter({ hasText: "penyimpanan" })).toHaveCount(0);
  });
});

test("pasted rows that a full device cannot store are not called saved", async ({ device }) => {
  const laptop = await device("laptop");
  const { page } = laptop;
  await signIn(laptop, "Kasi Trantibum");
  await openEntry(laptop);
  const address = page.url();
  await laptop.restart();
  await quota(laptop, 1);
  await laptop.page.goto(address);
  await laptop.page.getByRole("button", { name: "Tempel dari Excel" }).click();
  await laptop.page.getByRole("textbox", { name: "Data dari Excel" }).fill("97\n3");
  await laptop.page.getByRole("button", { name: "Isikan ke tabel" }).click();
  await laptop.page.getByRole("button", { name: "Simpan semua" }).click();
  const toast = laptop.page.locator(".toast");
  await expect(toast).toContainText("penuh");
  await expect(toast).not.toContainText("Tersimpan");
});

test("a device without localStorage is told so before anybody types", async ({ device }) => {
  const phone = await device("hp", {
    phone: true,
    script: () => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    },
  });
  await phone.goto("/isi");
  await expect(phone.page.getByRole("heading", { level: 1 })).toHaveText("Takar tidak dapat menyimpan di perangkat ini");
  await expect(phone.page.getByText("mode penyamaran")).toBeVisible();
});

test("a connection to the store that the browser ended is opened again", async ({ device }) => {
  const phone = await device("hp", {
    phone: true,
    script: () => {
      const open = IDBFactory.prototype.open;
      const connections: IDBDatabase[] = [];
      Object.assign(window, { connections });
      IDBFactory.prototype.open = function (...args) {
        const request = open.apply(this, args);
        request.addEventListener("success", () => connections.push(request.result));
        return request;
      };
    },
  });
  await card(phone);
  for (const [number, told] of [["5", true], ["4", false]] as const) {
    await amount(phone).fill(number);
    await phone.page.evaluate((told) => {
      for (const connection of (window as unknown as { connections: IDBDatabase[] }).connections) {
        connection.close();
        // Some browsers end a connection without a word.
        if (told) connection.dispatchEvent(new Event("close"));
      }
    }, told);
    await saveCard(phone);
    await phone.expectState("green");
    await openMenu(phone, "Isi data");
    await openCard(phone, INDICATOR);
    await expect(amount(phone)).toHaveValue(number);
  }
});

test("an older tab that holds the store is named, and the app goes on when it is closed", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  const old = await bareTab(phone);
  await old.evaluate(async () => {
    await new Promise((done) => {
      indexedDB.open("takar", 1).onsuccess = done;
    });
  });
  await phone.goto("/");
  await expect(phone.page.getByRole("heading", { level: 1 })).toHaveText("Takar versi lama masih terbuka di tab lain");
  await old.close();
  await expect(phone.page.getByRole("button", { name: /^Staf lapangan/ })).toBeVisible();
});

test("a newer version in another tab stops this one, and nothing is cleared", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await card(phone);
  phone.wire.block("/api/v1/push");
  await amount(phone).fill("5");
  await saveCard(phone);
  await expect(phone.status).toContainText("1 belum terkirim");
  const newer = await bareTab(phone);
  const rows = await newer.evaluate(async () => {
    const opened = indexedDB.open("takar", 99);
    await new Promise((done) => (opened.onsuccess = done));
    const count = async (table: string) => {
      const all = opened.result.transaction(table).objectStore(table).count();
      await new Promise((done) => (all.onsuccess = done));
      return all.result;
    };
    return [await count("outbox"), await count("log")];
  });
  expect(rows[0]).toBe(1);
  expect(rows[1]).toBeGreaterThan(10);
  await expect(phone.page.getByRole("heading", { level: 1 })).toHaveText("Takar sudah diperbarui di jendela lain");
});

test("work that is unsent for three days is warned of, with the way to it", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  await card(phone);
  await phone.waitUntilInstalled();
  phone.wire.cut();
  await amount(phone).fill("5");
  await saveCard(phone);
  await expect(phone.status).toContainText("1 belum terkirim");
  const warning = phone.page.getByRole("note").filter({ hasText: "hari belum terkirim" });
  await phone.page.clock.setFixedTime(Date.now() + 3 * DAY_MS - 60_000);
  await phone.page.reload();
  await expect(phone.status).toContainText("1 belum terkirim");
  await expect(warning).toHaveCount(0);
  await phone.page.clock.setFixedTime(Date.now() + 3 * DAY_MS + 60_000);
  await phone.page.reload();
  await expect(warning).toContainText("3 hari belum terkirim");
  await warning.getByRole("link", { name: "Belum terkirim" }).click();
  await expect(phone.page.getByRole("heading", { level: 1 })).toHaveText("Belum terkirim");
});

test("the browser is asked to keep the data after the first save, and the page says what it promises", async ({ device }) => {
  const phone = await device("hp", {
    phone: true,
    script: () => {
      const asked = { times: 0 };
      Object.assign(window, { asked });
      const persist = StorageManager.prototype.persist;
      StorageManager.prototype.persist = function () {
        asked.times += 1;
        return persist.call(this);
      };
    },
  });
  const asked = () => phone.page.evaluate(() => (window as unknown as { asked: { times: number } }).asked.times);
  await card(phone);
  expect(await asked()).toBe(0);
  for (const number of ["5", "4"]) {
    await amount(phone).fill(number);
    await saveCard(phone);
    await phone.expectState("green");
    expect(await asked()).toBe(1);
    await openMenu(phone, "Isi data");
    await openCard(phone, INDICATOR);
  }
  await openMenu(phone, "Belum terkirim");
  await expect(phone.page.getByRole("heading", { name: "Penyimpanan perangkat ini" })).toBeVisible();
  await expect(phone.page.getByText(/\d+ MB dari [\d.]+ MB terpakai\./)).toBeVisible();
  await expect(phone.page.getByText("Semua sudah terkirim.")).toBeVisible();
  const promised = {
    true: "Peramban menjaga isian ini dan tidak menghapusnya sendiri.",
    false: "Peramban dapat menghapus isian ini bila ruang sempit atau mode penyamaran ditutup.",
  };
  const persists = await phone.page.evaluate(() => navigator.storage.persisted());
  await expect(phone.page.getByText(promised[`${persists}`])).toBeVisible();
  await expect(phone.page.getByText(promised[`${!persists}`])).toHaveCount(0);
  await test.step("and the other of the two, where the browser says so", async () => {
    await phone.page.evaluate((other) => {
      StorageManager.prototype.persisted = () => Promise.resolve(other);
    }, !persists);
    await openMenu(phone, "Isi data");
    await openMenu(phone, "Belum terkirim");
    await expect(phone.page.getByText(promised[`${!persists}`])).toBeVisible();
  });
});

test("an iPhone's browser is told to install the app, until its owner knows", async ({ device }) => {
  const phone = await device("iphone", {
    phone: true,
    script: () => Object.assign(navigator, { standalone: false }),
  });
  await signIn(phone, "Staf lapangan");
  const hint = phone.page.getByRole("note").filter({ hasText: "Tambahkan ke Layar Utama" });
  await expect(hint).toBeVisible();
  await hint.getByRole("button", { name: "Saya mengerti" }).click();
  await phone.page.reload();
  await phone.expectState("green");
  await expect(hint).toHaveCount(0);
});
