"""The app: where from, where to, who travels."""

from kivy.app import App
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.button import Button
from kivy.uix.label import Label
from kivy.uix.textinput import TextInput

import device
import orders
from stations import NearestStation


class TicketsApp(App):
    """One screen."""

    def build(self) -> BoxLayout:
        self.origin = TextInput(hint_text="From")
        self.destination = TextInput(hint_text="To")
        self.traveller = TextInput(hint_text="Name on the ticket")
        self.document = TextInput(hint_text="Document number")
        self.answer = Label()
        screen = BoxLayout(orientation="vertical")
        for field in (self.origin, self.destination, self.traveller, self.document):
            screen.add_widget(field)
        screen.add_widget(Button(text="Buy", on_release=self.buy))
        screen.add_widget(self.answer)
        return screen

    def on_start(self) -> None:
        device.report()
        NearestStation(on_found=self.start_from).follow()

    def start_from(self, station: str) -> None:
        self.origin.text = station

    def buy(self, _button: Button) -> None:
        number = orders.buy(self.origin.text, self.destination.text, self.traveller.text, self.document.text)
        self.answer.text = f"Ticket {number}"


if __name__ == "__main__":
    TicketsApp().run()
