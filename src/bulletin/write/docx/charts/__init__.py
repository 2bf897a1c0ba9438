"""Charts that Word draws itself from a workbook in the file."""
