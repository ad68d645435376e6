"""The stages of reading one report: plain functions from frozen values to frozen values, composed by the job alone."""
