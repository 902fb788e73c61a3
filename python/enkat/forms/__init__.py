"""The forms of survey tools as codebooks: XLSForm of KoboToolbox and ODK, and REDCap's data dictionary."""
