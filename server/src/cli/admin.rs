//! `takar admin`.

use super::database::DataOptions;
use super::import::front;
use super::print;
use crate::service::secret::one_time_code;

/// Gives a person a new random password and shows it once.
pub(super) async fn reset_password(username: &str, data: &DataOptions) -> Result<(), String> {
    let front = front(data).await?;
    let office = front.office().await.map_err(|p| p.words())?;
    let wanted = username.trim().to_lowercase();
    let config = office.snapshot().config;
    let found = config.people.iter().find(|(_, person)| person.username.to_lowercase() == wanted);
    let Some((id, person)) = found else {
        return Err(format!(
            "USERNAME {username}: tidak ada orang dengan nama pengguna itu. Periksa ejaannya."
        ));
    };
    let password = one_time_code().map_err(|e| e.to_string())?;
    front.put_password(&office, *id, password.clone()).await.map_err(|p| p.words())?;
    front.store.close().await;
    print(&format!("Kata sandi baru untuk {}: {password}", person.name));
    print("Sampaikan kepada orangnya. Semua perangkatnya harus masuk lagi.");
    Ok(())
}
