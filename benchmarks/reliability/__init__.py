"""What a study survives: processes killed, disks that fail, branches merged, files nobody meant to write."""
