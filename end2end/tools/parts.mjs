// Which part of the product code belongs to: what counts for whose share of the
// 400 KB. Whatever is not named here counts for part 1.
//
// Fair is what a build without the later parts would leave out: what only they
// call, and their sheets. What two parts share counts for the earlier one, and so
// does a later part's line inside an earlier one's function: a press in its form,
// a field in its record, a word in its table.

import { pathsOf } from "./symbols.mjs";

/** Modules and functions of Rust by the part that brought them, with all inside. */
const MODULES = {
  // Evidence, Belum terkirim, unsent work as a file, what is laid aside.
  2: [
    "takar_domain::evidence",
    "takar_domain::text::evidence",
    "takar_domain::text::issue::file",
    "takar_domain::text::outbox",
    "takar_domain::text::parcel",
    "takar_sync::client::aside",
    "takar_sync::client::parcel",
    "takar_sync::client::upload",
    "takar_sync::parcel",
    "takar_app::acts::entry::evidence",
    "takar_app::pages::entry::evidence",
    "takar_app::pages::outbox",
    "takar_app::pages::piece::attach",
    "takar_app::pages::piece::evidence",
    "takar_app::platform::cipher",
    "takar_app::platform::files",
    "takar_app::platform::page::is_ios_browser",
    "takar_app::platform::page::storage",
    "takar_app::platform::photo",
    "takar_app::platform::position",
    "takar_app::state::evidence",
    "takar_app::state::parcel",
  ],
  // The steps with their papers and times, an office's own SOP and hours, the form,
  // dates and budget of a round, corrections, restated figures, notices, names of devices. What an
  // SOP is, is part 1's: its records hold one.
  3: [
    "takar_domain::budget",
    "takar_domain::config::form",
    "takar_domain::config::round",
    "takar_domain::letter",
    "takar_domain::procedure",
    "takar_domain::retention",
    "takar_domain::rules::steps",
    "takar_domain::shape::steps",
    "takar_domain::sop::file",
    "takar_domain::text::blank",
    "takar_domain::text::board",
    "takar_domain::text::budget",
    "takar_domain::text::correction",
    "takar_domain::text::cycle_form",
    "takar_domain::text::issue::step",
    "takar_domain::text::meeting",
    "takar_domain::text::notices",
    "takar_domain::text::procedure",
    "takar_domain::text::restate",
    "takar_domain::text::round",
    "takar_domain::text::sign",
    "takar_domain::text::sop",
    "takar_domain::text::unsent",
    "takar_domain::text::workbook",
    "takar_domain::view::blank_form",
    "takar_domain::view::budget_sheet",
    "takar_domain::view::cover_letter",
    "takar_domain::view::measurement_form::restatement",
    "takar_domain::view::signature",
    "takar_domain::view::sop_sheet",
    "takar_domain::view::workbook",
    "takar_domain::worktime",
    "takar_app::acts::board",
    "takar_app::acts::budget",
    "takar_app::acts::entry::workbook",
    "takar_app::acts::form",
    "takar_app::acts::home::steps",
    "takar_app::acts::notices",
    "takar_app::acts::restate",
    "takar_app::acts::settings::calendar",
    "takar_app::acts::settings::cycle::abandon_cycle",
    "takar_app::acts::settings::cycle::bases",
    "takar_app::acts::settings::cycle::change_dates",
    "takar_app::acts::settings::cycle::counted_back",
    "takar_app::acts::settings::cycle::save_basis",
    "takar_app::acts::settings::sop",
    "takar_app::acts::steps",
    "takar_app::acts::validate::checklist",
    "takar_app::acts::words::basis_words",
    "takar_app::acts::words::correction_words",
    "takar_app::acts::words::seat_words",
    "takar_app::acts::words::step_words",
    "takar_app::api::document",
    "takar_app::api::sop",
    "takar_app::pages::blank",
    "takar_app::pages::budget",
    "takar_app::pages::entry::workbook",
    "takar_app::pages::notices",
    "takar_app::pages::piece::share",
    "takar_app::pages::piece::signer",
    "takar_app::pages::recap::explain::restated",
    "takar_app::pages::recap::explain::restating",
    "takar_app::pages::settings::calendar",
    "takar_app::pages::settings::cycles::abandon",
    "takar_app::pages::settings::cycles::dates",
    "takar_app::pages::settings::cycles::deed",
    "takar_app::pages::settings::cycles::preview",
    "takar_app::pages::settings::devices",
    "takar_app::pages::settings::sop",
    "takar_app::pages::settings::sop_edit",
    "takar_app::pages::settings::sop_print",
    "takar_app::pages::steps",
    "takar_app::pages::validate::checks",
    "takar_app::platform::share",
    "takar_app::state::workbook",
  ],
};

/** Sheets of `style/`, in the same way. */
const SHEETS = {
  "part/files.css": 2,
  "page/outbox.css": 2,
  "page/steps.css": 3,
};

const within = (path, module) => path === module || path.startsWith(`${module}::`);
const parts = Object.keys(MODULES).map(Number);

/** The part that brought the function of this symbol, or the types that it was compiled for. */
export function partOf(symbol) {
  const paths = pathsOf(symbol);
  const brings = (part) => MODULES[part].some((module) => paths.some((path) => within(path, module)));
  return Math.max(1, ...parts.filter(brings));
}

/** The sheets that came after part `last`. */
export function sheetsAfter(last) {
  return new Set(Object.keys(SHEETS).filter((sheet) => SHEETS[sheet] > last));
}
