"""The app: where from, where to, who travels."""

from pathlib import Path

from kivy.app import App
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.button import Button
from kivy.uix.label import Label
from kivy.uix.textinput import TextInput

import orders
from consent import Consent
from stations import NearestStation


class TicketsApp(App):
    """One screen."""

    def build(self) -> BoxLayout:
        self.consent = Consent(Path(self.user_data_dir))
        self.origin = TextInput(hint_text="From")
        self.destination = TextInput(hint_text="To")
        self.traveller = TextInput(hint_text="Name on the ticket")
        self.document = TextInput(hint_text="Document number")
        self.answer = Label()
        screen = BoxLayout(orientation="vertical")
        for field in (self.origin, self.destination, self.traveller, self.document):
            screen.add_widget(field)
        screen.add_widget(Button(text="Nearest station", on_release=self.locate))
        screen.add_widget(Button(text="Buy", on_release=self.buy))
        screen.add_widget(Button(text="Withdraw my consent", on_release=self.withdraw))
        screen.add_widget(self.answer)
        return screen

    def locate(self, _button: Button) -> None:
        station = NearestStation(self.consent, on_found=self.start_from)
        self.consent.ask("location", station.find)

    def start_from(self, station: str) -> None:
        self.origin.text = station

    def buy(self, _button: Button) -> None:
        self.consent.ask("document", self.order)

    def order(self) -> None:
        number = orders.buy(self.origin.text, self.destination.text, self.traveller.text, self.document.text)
        self.answer.text = f"Ticket {number}"

    def withdraw(self, _button: Button) -> None:
        for topic in ("location", "document"):
            self.consent.withdraw(topic)


if __name__ == "__main__":
    TicketsApp().run()
