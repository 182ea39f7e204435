"""What `rules/` says, read and checked: data types, the law's categories and clauses, APIs, type facts, field names.

The TOML files are decoded straight into these records (unknown keys are errors), so the records document the format.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

# --- data types -------------------------------------------------------------------------------------------------------


class DataType(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of personal data (`rules/data-types.toml`)."""

    id: str
    name_zh: str
    name_en: str
    group: str  # id of a group of GB/T 35273-2020 Annex A
    sensitive: bool = False  # sensitive under GB/T 35273-2020 or GB/T 45574-2025, the careful reading
    permanent: bool = False  # an identifier that the user cannot reset
    technical: bool = False  # says something of the device, and little of who uses it
    identifier: bool = False  # tells one device or installation from another, resettable or not
    includes: tuple[str, ...] = ()  # who has this has those too: a precise location is also a coarse one
    google_play: tuple[str, ...] = ()
    apple: tuple[str, ...] = ()
    note: str = ""
    note_zh: str = ""


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of data types."""

    id: str
    name_zh: str
    name_en: str


# --- the law ----------------------------------------------------------------------------------------------------------


class Clause(Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a category's necessary personal information."""

    text_zh: str
    text_en: str  # our translation, unofficial
    data: tuple[str, ...]  # data-type ids that the words cover
    subject: str  # whose data: id of a subject
    condition: str = ""  # id of a condition: the clause counts only where the app has that sub-service
    alternatives: tuple[tuple[str, ...], ...] = ()  # "card or account": one of the sets is enough
    if_any: bool = False  # "if there is one" (如有)


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the 39 app categories."""

    number: int
    id: str
    name_zh: str
    name_en: str
    basic_service_zh: str
    basic_service_en: str
    clauses: tuple[Clause, ...] = field(name="clause", default=())  # none: no personal information is necessary
    intro_zh: str = ""  # the words that introduce the list, or say that there is none
    verification: str = ""  # how the wording was verified
    verified: bool = False  # two or more stored copies agree: the wording may be quoted
    note: str = ""
    note_zh: str = ""


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """A sub-service on which a clause depends; the ids are what `[app].services` may hold."""

    id: str
    name_zh: str
    name_en: str


class Article(Struct, frozen=True, forbid_unknown_fields=True):
    """One article or item of a legal text."""

    id: str
    summary_en: str
    summary_zh: str = ""
    text_zh: str = ""  # quoted only where `verified`
    text_en: str = ""
    verified: bool = False
    verification: str = ""
    static: str = ""  # for the items of the 2019 Method: "yes", "partly", "no": can source and manifest decide it
    group: str = ""  # id of one of the policy's groups
    decided_en: str = ""  # what the checks that rest on it decide
    decided_zh: str = ""
    open_en: str = ""  # what they do not, or why there is none
    open_zh: str = ""


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """A legal text: `rules/policies/<id>/pack.toml`, its categories in `categories.toml` beside it."""

    id: str
    title_zh: str
    title_en: str
    number: str
    issued: str
    in_force: str
    source: str
    articles: tuple[Article, ...] = field(name="article", default=())
    categories: tuple[Category, ...] = field(name="category", default=())
    conditions: tuple[Condition, ...] = field(name="condition", default=())
    subjects: tuple[Condition, ...] = field(name="subject", default=())
    groups: tuple[Condition, ...] = field(name="group", default=())  # of its articles
    draft: bool = False  # not in force: what rests on it alone is information
    note: str = ""
    note_zh: str = ""


# --- APIs -------------------------------------------------------------------------------------------------------------


class Constraint(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition on one argument; it holds when any of the given lists has what the argument comes from.

    In `is` and `not`, `*` stands for any literal or named constant, `*.X` for a name that ends in `.X`, and the full
    name of a getter for what it gives: `android.content.Context.getPackageName`. Where there is only `not`, an argument
    of unknown origin passes.
    """

    argument: int = 0  # from 0; -1 is the receiver
    name: str = ""  # the argument's name, where it may be passed by name
    is_: tuple[str, ...] = field(name="is", default=())  # constants by full name, literal values
    not_: tuple[str, ...] = field(name="not", default=())  # what it must not come from
    prefix: tuple[str, ...] = ()  # starts of literal values
    type: tuple[str, ...] = ()  # full names of the argument's type or a supertype
    absent: bool = False  # also holds when the argument is not given


SignKind = Literal["uri", "key", "sensor", "action", "command", "path", "service", "permission"]


class Api(Struct, frozen=True, forbid_unknown_fields=True):
    """Members of one class that give personal data (`[[api]]`)."""

    owner: str = field(name="class")  # full name of the class; for Python a module or class
    data: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    kind: Literal["call", "property", "constructor", "constant", "override", "subclass", "annotation"] = "call"
    # call: getX()/isX() without arguments is also the Kotlin property x, unless `property = false`
    # property: a field or Python attribute that is read · constant: a named constant whose use is the act
    # override: the app overrides `members` of the class · subclass: the app extends the class
    property: bool = True
    act: Literal["collect", "mark", "verify"] = "collect"
    # collect: the app obtains the data · mark: it touches it without obtaining it (a picker, BiometricPrompt): info
    # verify: the system checks it and only answers yes or no (BiometricPrompt): shown, as information
    when: tuple[Constraint, ...] = ()  # all must hold
    permissions: tuple[str, ...] = ()
    since: int = 0  # Android API level; 0 when not known
    deprecated: int = 0
    platform_note_en: str = ""  # what the platform already refuses
    platform_note_zh: str = ""
    source: str = ""  # defaults to the family's
    verified: bool = True  # False: from memory; never states what a vendor collects
    fires: str = ""  # a line of Kotlin (Java if it ends in ";", Python in a Python family) that must speak
    silent: str = ""  # its twin that must not


class Sign(Struct, frozen=True, forbid_unknown_fields=True):
    """A constant that stands for personal data wherever a reader takes it (`[[sign]]`): a URI, a key, a sensor type."""

    kind: SignKind
    data: tuple[str, ...]
    owner: str = field(name="class", default="")
    members: tuple[str, ...] = ()  # constants of `class`; for a uri also its static methods that give one
    values: tuple[str, ...] = ()  # the literal values; a uri or path also matches what continues it after a "/";
    # a command matches where a command may begin, in one text or in a list of texts, whatever the program's folder:
    # "getprop ro.serialno" is in "sh -c '/system/bin/getprop ro.serialno'" and in ["getprop", "ro.serialno"]
    act: Literal["collect", "mark", "request"] = "collect"
    permissions: tuple[str, ...] = ()
    since: int = 0
    deprecated: int = 0
    source: str = ""
    verified: bool = True
    fires: str = ""
    silent: str = ""


class Reader(Struct, frozen=True, forbid_unknown_fields=True):
    """A call that obtains what a sign stands for (`[[reader]]`): `ContentResolver.query(uri, …)`."""

    owner: str = field(name="class")
    members: tuple[str, ...]
    reads: SignKind
    argument: int = 0  # from 0: the argument that carries the sign
    name: str = ""  # its name, where it may be passed by name
    kind: Literal["call", "constructor"] = "call"
    act: Literal["collect", "mark"] = "collect"
    source: str = ""


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/apis/<platform>/`: APIs that belong together."""

    id: str
    platform: Literal["android", "java", "python"]
    name_en: str
    name_zh: str
    source: str  # where the facts were read; an entry may name its own
    read: str  # the date on which they were read
    api: tuple[Api, ...] = ()
    sign: tuple[Sign, ...] = ()
    reader: tuple[Reader, ...] = ()
    note: str = ""


# --- types ------------------------------------------------------------------------------------------------------------


class Factory(Struct, frozen=True, forbid_unknown_fields=True):
    """A call whose result depends on an argument: `getSystemService("phone")`."""

    owner: str = field(name="class")
    members: tuple[str, ...]
    argument: int = 0
    gives: dict[str, str] = {}  # value of the argument -> full type name
    class_argument: bool = False  # a class literal, or the type argument, names the result
    loose: bool = False  # the member is telling enough to be believed on a receiver of unknown type


class TypeFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known about one library class (`[[type]]`)."""

    name: str  # full name; nested classes with dots
    extends: tuple[str, ...] = ()
    members: dict[str, str] = {}  # member -> full type of its result, generics written: java.util.List<a.b.C>
    loose: tuple[str, ...] = ()  # members telling enough to be believed on a receiver of unknown type
    constants: dict[str, str] = {}  # constant -> its literal value
    language: str = "java"  # "java": Kotlin sees its getters as properties; "kotlin"; "python"


class Carrier(Struct, frozen=True, forbid_unknown_fields=True):
    """A call whose result stands for what one argument (or the receiver, -1) stands for: `Uri.parse(text)`."""

    owner: str = field(name="class")
    members: tuple[str, ...]
    argument: int = 0


class LambdaFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """How a call types the lambda it is given: `let`, `apply`, `forEach`, `addOnSuccessListener`."""

    members: tuple[str, ...]
    on: str = ""  # full name of the receiver's class; "" for any receiver
    it: Literal["", "receiver", "element", "argument"] = ""  # what the first parameter is
    place: int = 0  # from 0: another parameter than the first, the second of forEachIndexed
    this: Literal["", "receiver", "argument"] = ""  # what `this` is inside
    result: Literal["", "receiver", "lambda", "element", "list", "argument"] = ""  # what the call gives


class ParameterFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """What a framework of Python gives to a parameter of a certain name (`[[parameter]]`)."""

    name: str
    framework: str  # the module that the file imports
    type: str


class TypeRules(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/types/`."""

    platform: Literal["android", "java", "kotlin", "python"]
    type: tuple[TypeFacts, ...] = ()
    factory: tuple[Factory, ...] = ()
    carrier: tuple[Carrier, ...] = ()
    scope: tuple[LambdaFacts, ...] = ()
    parameter: tuple[ParameterFacts, ...] = ()


# --- personal fields --------------------------------------------------------------------------------------------------


class FieldTerm(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of fields that hold one kind of personal data (`[[field]]`)."""

    data: tuple[str, ...]
    names: tuple[str, ...]  # snake case; whole name or a run of its words: "phone_number" is in "home_phone_number"
    exact: tuple[str, ...] = ()  # the whole name only: "email" but not "email_template"
    weak: tuple[str, ...] = ()  # the whole name, and only in a class or form about a person: "name", "address"
    unless: tuple[str, ...] = ()  # words of the field's name that rule it out: "template", "verified"
    after: tuple[str, ...] = ()  # words after which `weak` names speak anywhere: billing_city; a person's word always
    within: tuple[str, ...] = ()  # the class name must hold one of these runs of words: "bank_card"
    head: bool = False  # `weak` needs a class whose last word is the person: name of a User, not of a UserFavourite
    date: bool = False  # a date can hold it: a birthday, not an e-mail address
    source: str = ""


class FieldRules(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/fields/`."""

    language: Literal["en", "pinyin", "zh"]
    field: tuple[FieldTerm, ...] = ()
    unless: tuple[str, ...] = ()  # words that rule out any term that does not hold them itself
    person: tuple[str, ...] = ()  # words in a class name that say it is about a person: user, customer, patient
    person_last: tuple[str, ...] = ()  # those that say so only as its last words: address, shipping
    alone: tuple[str, ...] = ()  # those that say so only where the class name says nothing else: profile
    thing: tuple[str, ...] = ()  # last words of a class name that silence its fields: server, company, template
    neither: tuple[str, ...] = ()  # last words that say it is not about a person, though a person is near: group, log
    neutral: tuple[str, ...] = ()  # words of a class name that say neither: form, serializer, base
    calls: tuple[str, ...] = ()  # field constructors: "Column", "*Field" (the end of a name), "fields.*" (its owner)
    typed: dict[str, tuple[str, ...]] = {}  # field constructors and types that tell the data by themselves: EmailField
    never: tuple[str, ...] = ()  # constructors and types that hold no value of their own: BooleanField, ForeignKey
    records: tuple[
        str, ...
    ] = ()  # base classes and decorators whose annotated members are fields: BaseModel, dataclass
    dates: tuple[str, ...] = ()  # constructors and types that hold a date and nothing else
    # In Kotlin and Java an annotation says that a class goes to or comes from a form, a store or a server; full names:
    carriers: tuple[str, ...] = ()  # of a class whose fields are kept or sent: androidx.room.Entity
    wire: tuple[str, ...] = ()  # of one field; its text is the name that is sent: @SerializedName("id_card")
    forms: tuple[str, ...] = ()  # of a parameter that is sent as part of a form: retrofit2.http.Field
    asked: tuple[str, ...] = ()  # of a parameter that may only look something up: retrofit2.http.Query
    sent: tuple[str, ...] = ()  # words of a class name that say it is filled in and sent: request, registration
    received: tuple[str, ...] = ()  # words of a class name that say it only holds what a server answers: response
    doubted: tuple[str, ...] = ()  # data types that, where nothing says "sent", may well be another's than the user's
    plain: tuple[str, ...] = ()  # types that hold a value of their own: String


# --- for checks -------------------------------------------------------------------------------------------------------


class Law(Struct, frozen=True):
    """What checks hold the code against."""

    version: str  # hash of the rule files
    data_types: tuple[DataType, ...]
    policies: tuple[Policy, ...]
