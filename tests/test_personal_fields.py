from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest

from privlint.model.rules import FieldRules
from privlint.observe.fields import Field, Lexicon, match

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

RULES = Path(__file__).parents[1] / "rules"

SPEAKING = """
User email models.EmailField email-address
User email_address db.Column email-address
User secondary_emails association_proxy email-address
User workEmail mapped_column email-address
Order contact_email CharField email-address
ProductAlert email EmailField email-address
LoginForm username forms.EmailField email-address
SignupIn email - email-address EmailStr
User first_name models.CharField person-name
User last_name StringField person-name
SearchForm first_name StringField person-name
Patient fullName Column person-name
Customer name models.CharField person-name
AddressModelMixin name models.CharField person-name
Order recipient_name CharField person-name
Booking guest_name fields.Str person-name
UserBase full_name Field person-name str
Employee name - person-name str
Person surname fields.Char person-name
BankCard name CharField person-name
Customer salutation CharField gender
Profile gender ChoiceField gender
Student sex CharField gender
Profile date_of_birth DateField birth-date
Profile birthday models.DateField birth-date
User dob Column birth-date
Member birthYear IntegerField birth-date
UserProfile age IntegerField age
Passenger nationality CharField nationality
Patient ethnicity CharField ethnicity
User marital_status CharField marital-status
Member religion CharField religion
User phone db.Column phone-number
User phone_number PhoneNumberField phone-number
Order contact_phone CharField phone-number
User mobile CharField phone-number
User mobilePhone fields.String phone-number
Customer tel CharField phone-number
Checkout phone - phone-number str
Member phonenumber CharField phone-number
AbstractAddress line1 models.CharField postal-address
AbstractAddress postcode UppercaseCharField postal-address
AbstractAddress state models.CharField postal-address
ShippingAddress city CharField postal-address
BillingAddressForm country CharField postal-address
AddressModelMixin address2 models.CharField postal-address
AddressModelMixin zip_code models.CharField postal-address
User address db.Column postal-address
Order shipping_address_text TextField postal-address
Order billing_address - postal-address str
Payment billing_city_area CharField postal-address
AddressInput streetAddress1 graphene.String postal-address
Applicant home_address TextField postal-address
User address_line_1 CharField postal-address
CustomerOrder address TextField postal-address
Trip pickup_address CharField trip-origin
Trip dropoff_location CharField trip-destination
Member id_card_no CharField id-document-number
Guest passport_number CharField passport
Applicant ssn CharField id-document-number
Applicant national_id CharField id-document-number
Guest id_type CharField id-document-type
Guest id_card_front ImageField id-document-copy
Rider driver_license_number CharField driving-licence
Vehicle license_plate CharField licence-plate
Vehicle vin CharField vehicle-identification-number
Profile city CharField postal-address
UserProfile city CharField postal-address
RegistrationForm name CharField person-name
Order billing_detail_city CharField postal-address
Order shipping_detail_street CharField postal-address
Order recipient_zip CharField postal-address
Booking passenger_age IntegerField age
Parcel sender_province CharField postal-address
Bankcard number CharField bank-card-number
AbstractBankcard expiry_date DateField bank-card-number
BankcardForm ccv BankcardCCVField bank-card-number
CreditCardForm number BankcardNumberField bank-card-number
Payment credit_card_number CharField bank-card-number
Payout iban CharField bank-card-number
PaymentForm cvv CharField bank-card-number
Loan annual_income DecimalField income-assets
User affiliation db.Column education-work
User job_title CharField education-work
Employee company CharField education-work
Applicant resume FileField resume
User avatar ImageField profile-nickname-avatar
Profile nickname CharField profile-nickname-avatar
User picture db.deferred profile-nickname-avatar
User wechat_id CharField account-id
User openid CharField account-id
User username CharField account-id
User hashed_password - password-credential str
RegisterForm password2 forms.CharField password-credential
LoginLog last_login_ip CharField ip-address
Comment ip_address GenericIPAddressField ip-address
Payment customer_ip_address GenericIPAddressField ip-address
Session user_agent TextField device-model,os-version
Visit blood_type CharField medical-record
Visit diagnosis TextField medical-record
Consultation symptoms TextField condition-description
Reading heart_rate IntegerField body-sensors
UserProfile height IntegerField health-fitness-data
Enrolment face_embedding ArrayField face-data
Device imei CharField imei
Handset push_token CharField push-token
User latitude FloatField precise-location
Trace location_history JSONField location-track
User installed_apps JSONField installed-apps
Pupil guardian_name CharField minor-under-14-info
User xingming CharField person-name
User xm CharField person-name
Member shoujihao CharField phone-number
Member shouJiHao CharField phone-number
Member sjhm CharField phone-number
User sfzh CharField id-document-number
User xb CharField gender
Order shouhuodizhi CharField postal-address
Car chepaihao CharField licence-plate
User 姓名 CharField person-name
Order 收货人手机号 CharField phone-number
"""

SILENT = """
Product name CharField
Category name CharField
Country name CharField
SourceType name CharField
UserGroup name CharField
CustomerType name CharField
UserDocument name CharField
UserFavourite name CharField
UserPlaylist name CharField
IPSecProfile name CharField
BackgroundWorker name CharField
UserTable name tables.Column
NestedIPAddressSerializer address serializers.CharField
IPRange start_address GenericIPAddressField
ServiceImportForm ipaddresses CharField
UserCard avatar StringProperty
GiftCardPayment name CharField
UserAssetUpload name CharField
ContentTypeRegistration name - str
CustomerOrder position IntegerField
ShippingMethod name CharField
ShippingMethodTranslation name graphene.String
MembershipPlan name CharField
Person verbose_name _
Plugin name -
Contract address CharField
IPAddress city CharField
MemoryBlock address IntegerField
Wallet address CharField
NetworkInterface address CharField
Server ip_address GenericIPAddressField
Router mac_address CharField
Host ip -
Warehouse address CharField
Store phone CharField
Company email EmailField
Weather city CharField
Event zip_code CharField
Order state CharField
User state CharField
Country state CharField
Handset phone_model CharField
Handset phone_type CharField
User phone_verified BooleanField
User phone_country_code CharField
Settings phone_regex CharField
Ticket is_mobile BooleanField
Page mobile_url URLField
Banner mobile_image ImageField
Campaign email_template TextField
Campaign email_subject CharField
Campaign email_body TextField
User email_verified BooleanField
User email_verified - bool
User is_email_confirmed BooleanField
User email_sent_at DateTimeField
User last_confirm_email_request DateTimeField
User email_count IntegerField
User email_preferences JSONField
Account email_notifications CharField
Site from_email EmailField
Site support_email EmailField
Config email_host CharField
Config email_backend CharField
Settings email_blacklist CharField
UserPreferencesForm name_format SelectField
LoginForm redirect_url CharField
User password_reset_url URLField
User password_changed_at DateTimeField
User password_reset_token CharField
RegisterForm preset_password BooleanField
Policy password_min_length IntegerField
Smtp smtp_password CharField
Database password CharField
Cart shipping_address ForeignKey
Cart billing_address deferred.ForeignKey
Cart address_id IntegerField
User affiliation_id db.Column
User address db.relationship
User emails db.relationship
AccountMutations set_password SetPassword.Field
AddressForm use_primary_address BooleanField
UserAddress is_default_for_shipping BooleanField
UserAddress num_orders_as_shipping_address PositiveIntegerField
UserAddress hash CharField
UserAddress date_created DateTimeField
Order number PositiveIntegerField
Customer number PositiveIntegerField
Invoice number CharField
Order status CharField
Transaction reference CharField
Coupon code CharField
Package weight DecimalField
Product height DecimalField
Box sex_ratio DecimalField
Cache age IntegerField
CachePolicy max_age IntegerField
Race name CharField
Product gender_neutral CharField
Message text TextField
Station latitude FloatField
Place longitude FloatField
City coordinates PointField
GiftCard gift_card_number CharField
Graphics video_card_number CharField
Book title CharField
Job company CharField
Job salary CharField
SearchForm affiliation StringField
Card code CharField
Sample dna CharField
Door fingerprint CharField
SshKey fingerprint CharField
Certificate cert_no CharField
Template nickname_label CharField
Theme avatar_size IntegerField
User show_birthday BooleanField
Settings birthday_discount DecimalField
Form submit SubmitField
User email SubmitField
User name property
User phone lambda_thing
Shangpin dizhi CharField
Menu xm CharField
Queue nl IntegerField
UsersSettingsForm blank_avatar ImageField
Order detail_name CharField
Order delivery_position IntegerField
Tree parent_position IntegerField
Order shipping_weight DecimalField
Event city_name CharField
商品 名字 CharField
"""


@lru_cache(maxsize=1)
def rules() -> tuple[FieldRules, ...]:
    files = sorted((RULES / "fields").glob("*.toml"))
    return tuple(msgspec.convert(tomllib.loads(file.read_text("utf-8")), FieldRules) for file in files)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return Lexicon(rules())


def field(line: str) -> tuple[Field, tuple[str, ...]]:
    class_name, name, constructor, *rest = line.split()
    data = tuple(rest[0].split(",")) if rest and rest[0] not in {"bool", "str"} else ()
    type_name = rest[-1] if rest and rest[-1] in {"str", "bool", "EmailStr"} else ""
    return Field(name, class_name, constructor.replace("-", ""), type_name), data


@pytest.mark.parametrize("line", SPEAKING.strip().splitlines())
def test_speaks(line: str) -> None:
    asked, data = field(line)
    assert lexicon().match(asked) == data


@pytest.mark.parametrize("line", SILENT.strip().splitlines())
def test_is_silent(line: str) -> None:
    asked, _ = field(line)
    assert lexicon().match(asked) == ()


@pytest.mark.parametrize(
    ("class_name", "label", "data"),
    [
        ("Record", "身份证号码", ("id-document-number",)),
        ("Record", "紧急联系人", ("family-relationship",)),
        ("Customer", "地址", ("postal-address",)),
        ("Record", "地址", ()),
        ("Record", "身份证照片", ("id-document-copy",)),
        ("Record", "客服联系电话", ()),
        ("Record", "商品名称", ()),
        ("Product", "姓名", ()),
    ],
)
def test_a_label_speaks_where_the_name_does_not(class_name: str, label: str, data: tuple[str, ...]) -> None:
    assert lexicon().match(Field("f1", class_name, "models.CharField", labels=(label,))) == data


@pytest.mark.parametrize(
    ("class_name", "about"),
    [
        ("AbstractUser", "person"),
        ("EmailUserCreationForm", "person"),
        ("CustomerOrder", "near"),
        ("UserAddressIn", "person"),
        ("ShippingMethod", ""),
        ("UserGroup", ""),
        ("ProductAlert", ""),
        ("IPAddress", "thing"),
        ("ProductSerializer", "thing"),
        ("ServerUser", "person"),
        ("UserSettings", ""),
        ("BaseModel", ""),
    ],
)
def test_what_a_class_is_about(class_name: str, about: str) -> None:
    assert lexicon().about(class_name) == about


def test_match_takes_the_rules_themselves() -> None:
    assert match("email", "User", "models.EmailField", rules()) == ("email-address",)
    assert match("email", "User", "models.EmailField", ()) == ()


def test_every_data_type_of_the_lexicon_exists() -> None:
    known = {entry["id"] for entry in tomllib.loads((RULES / "data-types.toml").read_text("utf-8"))["type"]}
    named = {data for rule in rules() for term in rule.field for data in term.data}
    named |= {data for rule in rules() for kinds in rule.typed.values() for data in kinds}
    assert named - known == set()
