//! A server that always comes second says so here, and the others let it go first.

use super::{Store, StoreError, ask};

impl Store {
    /// Whether another server can write to this database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.connection.access.embedded().is_none()
    }

    /// Who asked to go first, as it named its request.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn turn(&self) -> Result<Option<String>, StoreError> {
        Ok(self.read(ask("SELECT VALUE request FROM ONLY meta:turn")).await?.take(0)?)
    }

    /// Asks the other servers to let this one go first.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn ask_for_turn(&self, request: &str) -> Result<(), StoreError> {
        let query = ask("UPSERT meta:turn SET request = $request RETURN NONE");
        self.write(query.bind(("request", request.to_owned()))).await.map(|_| ())
    }

    /// Takes a request back, unless somebody else's stands there.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn end_turn(&self, request: &str) -> Result<(), StoreError> {
        let query = ask("DELETE meta:turn WHERE request = $request RETURN NONE");
        self.write(query.bind(("request", request.to_owned()))).await.map(|_| ())
    }
}
