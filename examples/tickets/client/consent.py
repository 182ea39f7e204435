"""What the traveller agreed to, and the dialog that asks."""

from collections.abc import Callable
from pathlib import Path

from kivy.storage.jsonstore import JsonStore
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.button import Button
from kivy.uix.label import Label
from kivy.uix.popup import Popup

EXPLANATIONS = {
    "location": "Your location, to find the nearest station. Not stored. Without it you type the station.",
    "document": "Your document number, to buy a ticket from the railway. Kept for 90 days.",
}


class Consent:
    """Remembers the answers, one for each topic."""

    def __init__(self, folder: Path) -> None:
        self._answers = JsonStore(str(folder / "consent.json"))

    def is_given(self, topic: str) -> bool:
        return self._answers.exists(topic)

    def withdraw(self, topic: str) -> None:
        if self._answers.exists(topic):
            self._answers.delete(topic)

    def ask(self, topic: str, on_given: Callable[[], None]) -> None:
        """Call back at once, or after the traveller has agreed; a refusal changes nothing."""
        if self.is_given(topic):
            on_given()
            return

        def agree(_button: Button) -> None:
            self._answers.put(topic, given=True)
            popup.dismiss()
            on_given()

        buttons = BoxLayout(size_hint_y=None, height="48dp")
        content = BoxLayout(orientation="vertical")
        content.add_widget(Label(text=EXPLANATIONS[topic], text_size=(300, None)))
        content.add_widget(buttons)
        popup = Popup(title="May we use this?", content=content, auto_dismiss=False)
        buttons.add_widget(Button(text="Not now", on_release=popup.dismiss))
        buttons.add_widget(Button(text="Agree", on_release=agree))
        popup.open()
