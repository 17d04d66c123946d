"""The editor of a draft: made for someone who never made a survey, without a script as with one."""
