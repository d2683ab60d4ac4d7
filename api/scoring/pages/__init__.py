"""The pages of scoring, for everybody: no script, no account, no cookie.

A page of a board has its token in its address. A form leads to the page after it; where it could not do what it
says, the page comes back with the reason and all that was written. Nothing of a visitor is sent along with a form but
what stands in it, so no form needs a token against forged requests.
"""
