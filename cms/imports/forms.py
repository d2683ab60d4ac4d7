"""The forms: one brings in a document, one for each paragraph corrects it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.imports.kinds import CREDITED, KINDS, MARK
from cms.imports.models import Paragraph
from cms.imports.places import places_of
from toolkit.importing.sources import MAX_BYTES, UnreadableDocument, read_content
from toolkit.models.voices import Kind

# In letters. A form with more than 2.5 MB beside its files is refused by the server before it comes here.
LONGEST_PASTE = 800_000


class BringForm(forms.Form):
    """A file or a pasted text, and where it goes. Valid, it has `name`, `suffix`, `content` and the lines read."""

    file = forms.FileField(
        label=_("Your file"),
        required=False,
        allow_empty_file=True,
        max_length=1000,
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm,.md,.txt"}),
        help_text=_("Word (.docx), HTML, Markdown or plain text, up to 5 MB. Pictures in it are not brought in."),
    )
    text = forms.CharField(
        label=_("Or paste its text here"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 8, "data-imports-text": True}),
    )
    # What the clipboard had beside the plain text, put here by a script, so that headings and lists are kept.
    html = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-imports-html": True}))
    where = forms.ChoiceField(
        label=_("Where it goes"),
        help_text=_("Whatever is there already stays. Nothing is public before you publish it."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = places_of(user)

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if bool(file) == bool(text.strip()):
            only_one = gettext("Choose a file or paste a text, not both.")
            raise ValidationError(only_one if file else gettext("Choose a file, or paste a text."))
        cleaned["locale"], _colon, cleaned["stage"] = cleaned["where"].partition(":")
        try:
            cleaned |= self._file(file) if file else self._paste(text, cleaned.get("html") or "")
        except UnreadableDocument as error:
            self.add_error("file" if file else "text", str(error))
        return cleaned

    def _file(self, file) -> dict:
        # No more than what shows that it is too large.
        content = file.read(MAX_BYTES + 1)
        suffix = f".{file.name.rpartition('.')[2].lower()}"
        return {"name": file.name, "suffix": suffix, "content": content, "lines": read_content(content, file.name)}

    def _paste(self, text: str, html: str) -> dict:
        name, suffix = gettext("The text that you pasted"), ".html" if html.strip() else ".txt"
        content = (html if html.strip() else text).encode("utf-8", "replace")
        lines = read_content(content, name, suffix=suffix)
        return {"name": name, "suffix": suffix, "content": content, "lines": lines}


class ParagraphForm(forms.ModelForm):
    """What one paragraph is, to which mark it belongs, and who said it. Every part may stay as it is."""

    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS)
    # What stood there when the form was shown is sent along: whatever the owner has not changed stays as it is now.
    mark = forms.CharField(
        label=_("The mark it belongs to"),
        required=False,
        max_length=255,
        show_hidden_initial=True,
        help_text=_("Another mark, or a new one, goes on from here to the next. Empty: the stage itself."),
        widget=forms.TextInput(attrs={"list": "import-marks", "autocomplete": "off"}),
    )
    alone = forms.BooleanField(label=_("Only this paragraph"), required=False)
    quote_kind = forms.ChoiceField(label=_("Kind of quote"), choices=Kind.choices, required=False)
    credit = forms.CharField(label=_("Name or role"), required=False, max_length=200)
    year = forms.IntegerField(
        label=_("Year"), required=False, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    credits = forms.TypedChoiceField(label=_("Whose words"), coerce=int, empty_value=None, required=False)

    class Meta:
        model = Paragraph
        fields = ["kind", "mark", "quote_kind", "credit", "year", "credits"]

    def __init__(self, *args, near: list[Paragraph], **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["quote_kind"] = self.instance.quote_kind or Kind.OBSERVATION
        self.fields["credits"].choices = [("", gettext("Nobody’s here")), *_choices(near, self.instance)]
        about = f"import-words-{self.instance.pk}"
        for field in self.fields.values():
            field.widget.attrs["aria-describedby"] = about

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind == MARK and len(self.instance.source) > 255:
            raise ValidationError(gettext("This is too long for the title of a mark: that has up to 255 letters."))
        return kind

    def clean_mark(self) -> str:
        return " ".join(self.cleaned_data["mark"].split())

    def _post_clean(self):
        """Leave the paragraph alone: what follows from a correction is decided in correcting.py."""


def _choices(near: list[Paragraph], credit: Paragraph) -> list[tuple[int, str]]:
    """Give the passages around a credit, and the one that it names now, each by its beginning."""
    found = [one for one in near if one.kind in CREDITED and -9 < one.place - credit.place < 3]
    choices = [(one.place, one.source[:60]) for one in found if one.pk != credit.pk]
    if credit.credits is not None and credit.credits not in dict(choices):
        choices.append((credit.credits, gettext("Words further away")))
    return choices
