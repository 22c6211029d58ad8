// express-pouchdb on express 4 with LevelDB, as its README sets it up.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb-core")
  .plugin(require("pouchdb-adapter-leveldb"))
  .plugin(require("pouchdb-adapter-http"))
  .plugin(require("pouchdb-mapreduce"))
  .plugin(require("pouchdb-replication"));
const [port, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const app = require("express")();
const logPath = join(folder, "log.txt");
const options = { mode: "minimumForPouchDB", inMemoryConfig: true, logPath };
const Server = PouchDB.defaults({ prefix: `${folder}/`, adapter: "leveldb" });
app.use("/", require("express-pouchdb")(Server, options));
app.listen(Number(port), "127.0.0.1", () => console.log("ready"));
