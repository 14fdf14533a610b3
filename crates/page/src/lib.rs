//! Pages laid out, drawn, tagged and archived as PDF/A over printpdf.
