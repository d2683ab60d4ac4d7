"""What is done without anybody asking: waiting publishes, dates to keep, and housekeeping."""
