"""Cannot be imported."""

import a_package_that_is_not_installed  # noqa: F401  # type: ignore[import-not-found]
