"""From the finished report as records to files: HTML, PDF, workbook, charts and claims.json."""
