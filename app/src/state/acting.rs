//! What pages do. Nothing here waits for the office except signing in and out.

use takar_domain::record::{OpId, RecordId};

use super::app::App;
use super::draft::DraftKey;
use super::view::{Save, SaveError, Words};
use crate::api::device::DeviceReport;
use crate::api::document::Signing;
use crate::api::setup::Founding;
use crate::api::sop::SopFile;
use crate::platform::files::Picked;

impl App {
    /// Saves as one operation: in one strict transaction with the local record
    /// and the removal of its drafts. Returns when that is on the disk.
    ///
    /// # Errors
    /// [`SaveError`]; what was typed then still stands as a draft.
    pub async fn save(&self, save: Save) -> Result<OpId, SaveError> {
        self.core().save(save).await
    }

    /// Keeps what is typed: in localStorage at once, in IndexedDB within 250 ms.
    pub fn type_draft(&self, key: DraftKey, text: String) {
        self.core().type_draft(&key, text);
    }

    /// Keeps what is typed, or forgets it where it says what `stands` without it.
    pub fn keep_draft(&self, key: DraftKey, text: &str, stands: &str) {
        if text == stands {
            self.drop_draft(&key);
        } else {
            self.type_draft(key, text.to_owned());
        }
    }

    /// Forgets a draft, because its field was put back as it was.
    pub fn drop_draft(&self, key: &DraftKey) {
        self.core().drop_draft(key);
    }

    /// Signs a person in, beside those who already are; needs the connection.
    ///
    /// # Errors
    /// What went wrong and what to do, in words.
    pub async fn sign_in(&self, username: String, password: String) -> Result<(), Words> {
        self.core().sign_in(username, password).await
    }

    /// Signs the person who works out of this device.
    ///
    /// # Errors
    /// In words, while something of that person is unsent or unsaved, or
    /// without a connection.
    pub async fn sign_out(&self) -> Result<(), Words> {
        self.core().sign_out().await
    }

    /// Another person of this device goes on working; offline too.
    pub fn use_person(&self, person: RecordId) {
        self.core().use_person(person);
    }

    /// Asks the office again what [`App::entrance`] shows.
    pub fn refresh_entrance(&self) {
        self.core().refresh_entrance();
    }

    /// Founds the office with the console's one-time code.
    ///
    /// # Errors
    /// In words.
    pub async fn first_run(&self, founding: Founding) -> Result<(), Words> {
        self.core().first_run(founding).await
    }

    /// Sets another person's password.
    ///
    /// # Errors
    /// In words.
    pub async fn set_password(&self, person: RecordId, new: String) -> Result<(), Words> {
        self.core().set_password(person, new).await
    }

    /// Changes the own password.
    ///
    /// # Errors
    /// In words.
    pub async fn change_password(&self, old: String, new: String) -> Result<(), Words> {
        self.core().change_password(old, new).await
    }

    /// What the office knows of its devices.
    ///
    /// # Errors
    /// In words.
    pub async fn devices(&self) -> Result<Vec<DeviceReport>, Words> {
        self.core().devices().await
    }

    /// The devices that still hold unsent work, as the office knows them.
    ///
    /// # Errors
    /// In words.
    pub async fn unsent(&self) -> Result<Vec<DeviceReport>, Words> {
        self.core().unsent().await
    }

    /// Has the office read an SOP's file.
    ///
    /// # Errors
    /// In words.
    pub async fn read_sop(&self, text: String) -> Result<SopFile, Words> {
        self.core().read_sop(text).await
    }

    /// A version of the SOP as a file.
    ///
    /// # Errors
    /// In words.
    pub async fn write_sop(&self, sop: RecordId) -> Result<String, Words> {
        self.core().write_sop(sop).await
    }

    /// Has the office seal a document.
    ///
    /// # Errors
    /// In words.
    pub async fn sign_document(&self, signing: Signing) -> Result<(), Words> {
        self.core().sign_document(signing).await
    }

    /// Has the office number a letter.
    ///
    /// # Errors
    /// In words.
    pub async fn give_number(&self, cycle: RecordId, step: u16, date: String) -> Result<(), Words> {
        self.core().give_number(cycle, step, date).await
    }

    /// Opens a fresh demo office and clears this device, which then starts anew.
    ///
    /// # Errors
    /// In words.
    pub async fn reset_demo(&self) -> Result<(), Words> {
        self.core().reset_demo().await
    }

    /// Gives the person everything that was not sent as one file.
    ///
    /// # Errors
    /// In words; what was not sent is still here.
    pub async fn export(&self) -> Result<Words, Words> {
        self.core().export(&self.today().to_string()).await
    }

    /// Brings such a file to the office; gives what became of it, in words.
    ///
    /// # Errors
    /// In words.
    pub async fn import(&self, file: &Picked) -> Result<Words, Words> {
        self.core().import(file).await
    }

    /// Sends and fetches now.
    pub fn sync_now(&self) {
        self.core().sync_now();
    }

    /// The demo's switch: cuts this device's connection until it is switched
    /// back, also over restarts.
    pub fn simulate_cut(&self, cut: bool) {
        self.core().simulate_cut(cut);
    }

    /// Starts the new version that waits. Drafts stay.
    pub fn apply_update(&self) {
        self.core().apply_update();
    }
}
