"""The papers an office writes beside forms and certificates, one module for each part of the season."""
