import { type Device, expect, test } from "../support/journey.ts";
import { amount, candidate, cell, enter, openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

interface Written {
  durability: string;
  /** Store of each put and delete. */
  writes: string[];
}

/** Runs in the page: notes every writing transaction and what it writes. */
function noteTransactions(): void {
  const notes = new Map<IDBTransaction, Written>();
  Object.assign(window, { written: () => Array.from(notes.values()) });
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const transaction = open.apply(this, args);
    if (transaction.mode === "readwrite") {
      notes.set(transaction, { durability: transaction.durability, writes: [] });
    }
    return transaction;
  };
  const { put, delete: remove } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...args) {
    notes.get(this.transaction)?.writes.push(this.name);
    return put.apply(this, args);
  };
  IDBObjectStore.prototype.delete = function (key) {
    notes.get(this.transaction)?.writes.push(this.name);
    return remove.call(this, key);
  };
}

/** What the page in view wrote since it was opened: all of it strict, and something of it into the outbox. */
async function expectStrict({ page }: Device, act: string): Promise<Written[]> {
  const all = await page.evaluate(() => (window as unknown as { written: () => Written[] }).written());
  expect(all.filter((one) => one.durability !== "strict"), act).toEqual([]);
  expect(all.filter((one) => one.writes.includes("outbox")), `${act} is in the outbox`).not.toEqual([]);
  return all;
}

test("every transaction that writes is strict, and a save is one of them", async ({ device }) => {
  const laptop = await device("laptop", { script: noteTransactions });
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  laptop.wire.cut();

  await cell(laptop, INDICATOR).fill("5");
  await expect(laptop.status).toContainText("1 draf belum disimpan");
  await enter(laptop, INDICATOR, "5");
  await expect(laptop.status).toContainText("1 belum terkirim");

  const all = await expectStrict(laptop, "a cell of the grid");
  expect(all.length).toBeGreaterThan(1);
  const save = all.filter((one) => one.writes.includes("outbox") && one.writes.includes("drafts"));
  expect(save, "the value and the end of its draft are one transaction").toHaveLength(1);
});

test("a card, a sending, a validation and a decision are as strict", async ({ device }) => {
  const phone = await device("hp", { phone: true, script: noteTransactions });
  await test.step("a card on the phone, as it is typed and saved", async () => {
    await signIn(phone, "Staf lapangan");
    await openEntry(phone);
    await openCard(phone, INDICATOR);
    await phone.expectState("green");
    phone.wire.cut();
    await amount(phone).fill("5");
    await expect(phone.status).toContainText("1 draf belum disimpan");
    await saveCard(phone);
    await expect(phone.status).toContainText("1 belum terkirim");
    const card = await expectStrict(phone, "a card");
    const save = card.filter((one) => one.writes.includes("outbox") && one.writes.includes("drafts"));
    expect(save, "the value and the end of its draft are one transaction").toHaveLength(1);
    phone.wire.restore();
    await phone.expectState("green");
  });

  const late = await device("trantibum", { script: noteTransactions });
  await test.step("a form that is sent", async () => {
    await signIn(late, "Kasi Trantibum");
    await openEntry(late);
    await late.page.getByRole("link", { name: "Periksa & kirim" }).click();
    await late.page.reload();
    await late.expectState("green");
    late.wire.cut();
    await late.page.getByRole("checkbox", { name: /^Kirim walau belum lengkap/ }).check();
    await late.page.getByRole("button", { name: "Kirim saja" }).click();
    await expect(late.status).toContainText("1 belum terkirim");
    await expectStrict(late, "a sending");
  });

  const laptop = await device("laptop", { script: noteTransactions });
  await signIn(laptop, "Kasi Pemerintahan");
  await test.step("a validation", async () => {
    await openMenu(laptop, "Validasi");
    await laptop.page.reload();
    await laptop.expectState("green");
    laptop.wire.cut();
    await candidate(laptop, INDICATOR).getByRole("button", { name: "Terima" }).click();
    await expect(laptop.status).toContainText("1 belum terkirim");
    await expectStrict(laptop, "a validation");
    laptop.wire.restore();
    await laptop.expectState("green");
  });

  await test.step("a decision between two answers", async () => {
    await openMenu(laptop, "Angka berbeda");
    await laptop.page.getByRole("link", { name: /^Lihat: / }).click();
    await laptop.page.reload();
    await laptop.expectState("green");
    laptop.wire.cut();
    await laptop.page.getByRole("button", { name: "Sesuai foto" }).click();
    await laptop.page.getByRole("button", { name: "Gunakan “sudah”" }).click();
    await expect(laptop.page.getByRole("heading", { name: "Keputusan tersimpan" })).toBeVisible();
    await expect(laptop.status).toContainText("1 belum terkirim");
    await expectStrict(laptop, "a decision");
  });
});
