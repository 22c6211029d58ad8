import { expect, test } from "../support/journey.ts";
import { cell, enter, openEntry, signIn } from "../support/screens.ts";

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

test("every transaction that writes is strict, and a save is one of them", async ({ device }) => {
  const laptop = await device("laptop", { script: noteTransactions });
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  laptop.wire.cut();
  const written = () => laptop.page.evaluate(() => (window as unknown as { written: () => Written[] }).written());

  await cell(laptop, INDICATOR).fill("5");
  await expect(laptop.status).toContainText("1 draf belum disimpan");
  await enter(laptop, INDICATOR, "5");
  await expect(laptop.status).toContainText("1 belum terkirim");

  const all = await written();
  expect(all.length).toBeGreaterThan(1);
  expect(all.filter((one) => one.durability !== "strict")).toEqual([]);
  const save = all.filter((one) => one.writes.includes("outbox") && one.writes.includes("drafts"));
  expect(save, "the value and the end of its draft are one transaction").toHaveLength(1);
});
