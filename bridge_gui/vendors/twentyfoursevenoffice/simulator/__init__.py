"""24SevenOffice imitated from its vendor file: REST v1, and the SOAP services that tell what is paid."""

from bridge_gui.vendors.twentyfoursevenoffice.simulator.company import TwentyFourSevenOfficeSimulator

__all__ = ["TwentyFourSevenOfficeSimulator"]
