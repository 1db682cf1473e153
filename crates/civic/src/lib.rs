//! What French public data call things: licences and declared frequencies
