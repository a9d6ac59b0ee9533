"""What was earned: the whole path of a role gone through and its skills seen at their level, proved by a link."""
