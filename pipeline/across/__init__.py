"""What needs many reports. Reports go in as values, checks come out; nothing here touches the disk."""
