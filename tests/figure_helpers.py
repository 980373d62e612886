"""What tests read off a figure."""


def suptitle(figure):
    """The text above all axes; matplotlib has `get_suptitle` only from 3.8 on."""
    return figure._suptitle.get_text()
