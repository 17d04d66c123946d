"""SurveyJS: the JSON of its surveys, read and written."""
