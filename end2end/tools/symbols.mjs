// Reads the symbols that the Rust compiler gives its functions (RFC 2603, "v0").

/** One letter per type that has no path. */
const PLAIN = /[a-z]/;

/** Every path that stands in a symbol, such as `takar_app::pages::entry::form`; none for other symbols. */
export function pathsOf(symbol) {
  if (!symbol.startsWith("_R")) return [];
  const found = [];
  try {
    path({ text: symbol.slice(2), at: 0, found });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
  return found;
}

const peek = (s) => s.text[s.at];
const next = (s) => s.text[s.at++];
const takes = (s, letter) => peek(s) === letter && (s.at++, true);

/** `_` is 0, `0_` is 1 and so on, with 62 digits. */
function base62(s) {
  if (takes(s, "_")) return 0;
  const end = s.text.indexOf("_", s.at);
  let value = 0;
  for (; s.at < end; s.at++) {
    const code = s.text.charCodeAt(s.at);
    value = value * 62 + (code < 58 ? code - 48 : code < 91 ? code - 29 : code - 87);
  }
  s.at++;
  return value + 1;
}

function marked(s, letter) {
  if (takes(s, letter)) base62(s);
}

function identifier(s) {
  marked(s, "s");
  takes(s, "u");
  const digits = /^(0|[1-9]\d*)_?/.exec(s.text.slice(s.at));
  if (!digits) throw new SyntaxError("no identifier");
  s.at += digits[0].length + Number(digits[1]);
  return s.text.slice(s.at - Number(digits[1]), s.at);
}

/** What stands at an earlier place of the symbol. */
function again(s, read) {
  const place = base62(s);
  const here = s.at;
  s.at = place;
  const value = read(s);
  s.at = here;
  return value;
}

function path(s) {
  const kind = next(s);
  let made = "";
  if (kind === "C") made = identifier(s);
  else if (kind === "N") {
    s.at++;
    const inside = path(s);
    const name = identifier(s);
    made = name ? `${inside}::${name}` : inside;
  } else if (kind === "I") {
    made = path(s);
    while (!takes(s, "E")) argument(s);
  } else if (kind === "M" || kind === "X") {
    marked(s, "s");
    path(s);
    type(s);
    if (kind === "X") path(s);
  } else if (kind === "Y") {
    type(s);
    path(s);
  } else if (kind === "B") return again(s, path);
  else throw new SyntaxError(`no path: ${kind}`);
  if (made) s.found.push(made);
  return made;
}

function argument(s) {
  if (takes(s, "L")) base62(s);
  else if (takes(s, "K")) constant(s);
  else type(s);
}

function constant(s) {
  if (takes(s, "B")) again(s, constant);
  else if (!takes(s, "p")) {
    s.at++;
    s.at = s.text.indexOf("_", s.at) + 1;
  }
}

function type(s) {
  const kind = peek(s);
  if (PLAIN.test(kind)) s.at++;
  else if (takes(s, "A")) type(s), constant(s);
  else if (takes(s, "S") || takes(s, "P") || takes(s, "O")) type(s);
  else if (takes(s, "R") || takes(s, "Q")) marked(s, "L"), type(s);
  else if (takes(s, "T")) while (!takes(s, "E")) type(s);
  else if (takes(s, "B")) again(s, type);
  else if (takes(s, "F")) signature(s);
  else if (takes(s, "D")) dynamic(s);
  else path(s);
}

function signature(s) {
  marked(s, "G");
  takes(s, "U");
  if (takes(s, "K") && !takes(s, "C")) identifier(s);
  while (!takes(s, "E")) type(s);
  type(s);
}

function dynamic(s) {
  marked(s, "G");
  while (!takes(s, "E")) {
    path(s);
    while (takes(s, "p")) identifier(s), type(s);
  }
  if (takes(s, "L")) base62(s);
}
