//! How much may be kept.

use super::{ConfigError, Name, Settings};

/// Of what is kept in all, one customer may send so much in a day: a twentieth.
const SHARE: u64 = 20;

/// How much of the disk files may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageConfig {
    /// Bytes of customers' files in all. Past that, files wait.
    pub media_max_bytes: u64,
    /// Free space below which files wait, so that texts still go in.
    pub disk_reserve_bytes: u64,
}

impl Default for StorageConfig {
    /// 20 GiB of files, and 1 GiB of free space.
    fn default() -> Self {
        Self {
            media_max_bytes: 20 << 30,
            disk_reserve_bytes: 1 << 30,
        }
    }
}

impl StorageConfig {
    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let default = Self::default();
        let bytes = |name: Name, default: u64| match settings.get(name).map(str::parse) {
            None => Ok(default),
            Some(Ok(bytes)) => Ok(bytes),
            Some(Err(_)) => Err(name.invalid("must be a number of bytes such as 21474836480")),
        };
        Ok(Self {
            media_max_bytes: bytes(Name::MediaMaxBytes, default.media_max_bytes)?,
            disk_reserve_bytes: bytes(Name::DiskReserveBytes, default.disk_reserve_bytes)?,
        })
    }

    /// Bytes that are kept of what one customer sends within a day.
    pub fn media_of_a_day(&self) -> u64 {
        self.media_max_bytes / SHARE
    }
}
