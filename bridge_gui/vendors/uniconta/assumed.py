"""Everything about Uniconta that is assumed and not documented, to be replaced when it is.

Documented are the two doors, Basic sign-in, reading and writing of whole records, and the names of the fields
that the vendor's own client shows (uniconta.md 1 to 3.4). INFERRED is the rest:

1. The body of a refusal is the name of an error code, in JSON or not, with 400 or 500 or even 200. A name in
   `REFUSED` says that nothing was written; the names in `DOUBTFUL` say nothing of the kind.
2. The day of 5,000 calls is a Danish day.
3. `$skip` is honoured at the reading door; no page is cut below `SURE_PAGE` rows. Where a filter is ignored,
   the rows are looked through here as well.
4. An unknown name in a filter is refused, or ignored, or finds nothing; so "nothing found" by a user-defined
   field is believed only once a filter by that field has found something.
5. The tables of item groups and VAT groups are named as their classes are; where they are not shown, the keys
   in use are taken.
6. What a company is called stands under one of `COMPANY_NAMES` of its own table.
7. Days are Danish days as they stand; numbers in texts may have a decimal comma.
8. Records are read and written in their form with user-defined fields, people too (`ContactClientUser`); a
   field that Uniconta does not have is dropped without a word. An empty text empties a field.
9. A country is written in the form that the company's debtors show, in English where none shows any.
10. An order's `Blocked` means that nobody may change it; `Created` is its day; `LastInvoice` 0 means none.
11. An invoice is booked once it has a voucher or a posting; then no open entry means paid. Fees of reminders
    are not part of an invoice. A void or deleted invoice is none, a negative one is a credit note.
12. `DCType` tells debtors from creditors by a word that begins as theirs does, or by the number 1.
13. The debtor of an order that is not invoiced can be changed by an update of its header. The number of a
    debtor or an employee that was deleted may be given to another one.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
DAILY_CALLS = 5000
PAGE = 1000
SURE_PAGE = 100
DEBTOR_GROUPS, ITEM_GROUPS, VAT_GROUPS = "DebtorGroupClient", "InvGroupClient", "GLVatClient"
PAYMENT_TERMS = "PaymentTermClient"
GROUP_KEYS = ("Group", "Vat", "Payment", "KeyStr", "Key", "Number", "Code")
COMPANY_IDS = ("CompanyId", "Id", "RowId", "PrimaryKeyId")
COMPANY_NAMES = ("Name", "CompanyName", "KeyName")
COMPANY_NUMBERS = ("CompanyRegNo", "VatNumber", "LegalIdent")

REFUSED = {
    "KeyExists": "uniconta.key_exists",
    "RecordExists": "uniconta.key_exists",
    "FieldCannotBeBlank": "uniconta.field_blank",
    "AccountIsMissing": "uniconta.account_missing",
    "ItemIsOnHold": "uniconta.item_on_hold",
    "CreditLimitExceeded": "uniconta.credit_limit",
    "CannotDeleteRecord": "uniconta.in_use",
    "CouldNotDeleteRecordThatIsReferred": "uniconta.in_use",
    "CouldNotCreate": "uniconta.refused",
    "CouldNotSave": "uniconta.refused",
    "InvoiceNumberMissing": "uniconta.refused",
    "NoLinesFound": "uniconta.refused",
    "NoLinesToUpdate": "uniconta.refused",
    "TooManyLinesSelected": "uniconta.refused",
    "IgnoreUpdate": "uniconta.refused",
}
"""Code names after which nothing was written, each with the code of its sentence."""
GONE = "CouldNotFind"
NO_RIGHTS, NO_SUBSCRIPTION, NO_COMPANY = "NoRights", "NoSubscription", "NoCompanyId"
DOUBTFUL = frozenset({"NoSucces", "SQLException", "Exception"})
WELL = frozenset({"Succes", "Success", "NoChange", "0"})
"""QUIRK: success is spelled with one s at its end (uniconta.md 6, spec)."""

DEBTOR_TYPE, DEBTOR_TYPES = "Debtor", re.compile(r"deb.*|1|kunde", re.IGNORECASE)
PURCHASE = re.compile(r"purchase|køb", re.IGNORECASE)
"""What the kind of a VAT group says that no sale bears."""
FEES = frozenset({"InterestFee", "Collection", "CollectionLetter", "PaymentCharge"})
OWN_CURRENCY, CURRENCIES = "DKK", ("Currency", "CurrencyId", "CurrencyCode")
NO_SUCH_FIELD = "zzBridgeAsksIfThisIsThere"
"""A name that no company gives a field: how it is refused shows how an unknown one is."""
COUNTRIES = """
AD=Andorra; AE=United Arab Emirates=De Forenede Arabiske Emirater; AF=Afghanistan; AG=Antigua &
Barbuda=Antigua og Barbuda; AI=Anguilla; AL=Albania=Albanien; AM=Armenia=Armenien; AO=Angola;
AQ=Antarctica=Antarktis; AR=Argentina; AS=American Samoa=Amerikansk Samoa; AT=Austria=Østrig;
AU=Australia=Australien; AW=Aruba; AX=Åland Islands=Åland; AZ=Azerbaijan=Aserbajdsjan; BA=Bosnia &
Herzegovina=Bosnien-Hercegovina; BB=Barbados; BD=Bangladesh; BE=Belgium=Belgien; BF=Burkina Faso;
BG=Bulgaria=Bulgarien; BH=Bahrain; BI=Burundi; BJ=Benin; BL=St. Barthélemy=Saint Barthélemy; BM=Bermuda;
BN=Brunei; BO=Bolivia; BQ=Caribbean Netherlands=De tidligere Nederlandske Antiller; BR=Brazil=Brasilien;
BS=Bahamas; BT=Bhutan; BV=Bouvet Island=Bouvetøen; BW=Botswana; BY=Belarus; BZ=Belize; CA=Canada;
CC=Cocos (Keeling) Islands=Cocosøerne; CD=Congo - Kinshasa=Congo-Kinshasa; CF=Central African
Republic=Den Centralafrikanske Republik; CG=Congo - Brazzaville=Congo-Brazzaville;
CH=Switzerland=Schweiz; CI=Côte dIvoire=Elfenbenskysten; CK=Cook Islands=Cookøerne; CL=Chile;
CM=Cameroon=Cameroun; CN=China=Kina; CO=Colombia; CR=Costa Rica; CU=Cuba; CV=Cape Verde=Kap Verde;
CW=Curaçao; CX=Christmas Island=Juleøen; CY=Cyprus=Cypern; CZ=Czechia=Tjekkiet; DE=Germany=Tyskland;
DJ=Djibouti; DK=Denmark=Danmark; DM=Dominica; DO=Dominican Republic=Den Dominikanske Republik;
DZ=Algeria=Algeriet; EC=Ecuador; EE=Estonia=Estland; EG=Egypt=Egypten; EH=Western Sahara=Vestsahara;
ER=Eritrea; ES=Spain=Spanien; ET=Ethiopia=Etiopien; FI=Finland; FJ=Fiji; FK=Falkland
Islands=Falklandsøerne; FM=Micronesia=Mikronesien; FO=Faroe Islands=Færøerne; FR=France=Frankrig;
GA=Gabon; GB=United Kingdom=Storbritannien; GD=Grenada; GE=Georgia=Georgien; GF=French Guiana=Fransk
Guyana; GG=Guernsey; GH=Ghana; GI=Gibraltar; GL=Greenland=Grønland; GM=Gambia; GN=Guinea; GP=Guadeloupe;
GQ=Equatorial Guinea=Ækvatorialguinea; GR=Greece=Grækenland; GS=South Georgia & South Sandwich
Islands=South Georgia og De Sydlige Sandwichøer; GT=Guatemala; GU=Guam; GW=Guinea-Bissau; GY=Guyana;
HK=Hong Kong SAR China=SAR Hongkong; HM=Heard & McDonald Islands=Heard Island og McDonald Islands;
HN=Honduras; HR=Croatia=Kroatien; HT=Haiti; HU=Hungary=Ungarn; ID=Indonesia=Indonesien;
IE=Ireland=Irland; IL=Israel; IM=Isle of Man; IN=India=Indien; IO=British Indian Ocean Territory=Det
Britiske Territorium i Det Indiske Ocean; IQ=Iraq=Irak; IR=Iran; IS=Iceland=Island; IT=Italy=Italien;
JE=Jersey; JM=Jamaica; JO=Jordan; JP=Japan; KE=Kenya; KG=Kyrgyzstan=Kirgisistan; KH=Cambodia=Cambodja;
KI=Kiribati; KM=Comoros=Comorerne; KN=St. Kitts & Nevis=Saint Kitts og Nevis; KP=North Korea=Nordkorea;
KR=South Korea=Sydkorea; KW=Kuwait; KY=Cayman Islands=Caymanøerne; KZ=Kazakhstan=Kasakhstan; LA=Laos;
LB=Lebanon=Libanon; LC=St. Lucia=Saint Lucia; LI=Liechtenstein; LK=Sri Lanka; LR=Liberia; LS=Lesotho;
LT=Lithuania=Litauen; LU=Luxembourg; LV=Latvia=Letland; LY=Libya=Libyen; MA=Morocco=Marokko; MC=Monaco;
MD=Moldova; ME=Montenegro; MF=St. Martin=Saint Martin; MG=Madagascar=Madagaskar; MH=Marshall
Islands=Marshalløerne; MK=North Macedonia=Nordmakedonien; ML=Mali; MM=Myanmar (Burma);
MN=Mongolia=Mongoliet; MO=Macao SAR China=SAR Macao; MP=Northern Mariana Islands=Nordmarianerne;
MQ=Martinique; MR=Mauritania=Mauretanien; MS=Montserrat; MT=Malta; MU=Mauritius; MV=Maldives=Maldiverne;
MW=Malawi; MX=Mexico; MY=Malaysia; MZ=Mozambique; NA=Namibia; NC=New Caledonia=Ny Kaledonien; NE=Niger;
NF=Norfolk Island; NG=Nigeria; NI=Nicaragua; NL=Netherlands=Nederlandene; NO=Norway=Norge; NP=Nepal;
NR=Nauru; NU=Niue; NZ=New Zealand; OM=Oman; PA=Panama; PE=Peru; PF=French Polynesia=Fransk Polynesien;
PG=Papua New Guinea=Papua Ny Guinea; PH=Philippines=Filippinerne; PK=Pakistan; PL=Poland=Polen; PM=St.
Pierre & Miquelon=Saint Pierre og Miquelon; PN=Pitcairn Islands=Pitcairn; PR=Puerto Rico; PS=Palestinian
Territories=De palæstinensiske områder; PT=Portugal; PW=Palau; PY=Paraguay; QA=Qatar; RE=Réunion;
RO=Romania=Rumænien; RS=Serbia=Serbien; RU=Russia=Rusland; RW=Rwanda; SA=Saudi Arabia=Saudi-Arabien;
SB=Solomon Islands=Salomonøerne; SC=Seychelles=Seychellerne; SD=Sudan; SE=Sweden=Sverige; SG=Singapore;
SH=St. Helena; SI=Slovenia=Slovenien; SJ=Svalbard & Jan Mayen=Svalbard og Jan Mayen;
SK=Slovakia=Slovakiet; SL=Sierra Leone; SM=San Marino; SN=Senegal; SO=Somalia; SR=Suriname=Surinam;
SS=South Sudan=Sydsudan; ST=São Tomé & Príncipe=São Tomé og Príncipe; SV=El Salvador; SX=Sint Maarten;
SY=Syria=Syrien; SZ=Eswatini; TC=Turks & Caicos Islands=Turks- og Caicosøerne; TD=Chad=Tchad; TF=French
Southern Territories=De Franske Besiddelser i Det Sydlige Indiske Ocean og Antarktis; TG=Togo;
TH=Thailand; TJ=Tajikistan=Tadsjikistan; TK=Tokelau; TL=Timor-Leste; TM=Turkmenistan;
TN=Tunisia=Tunesien; TO=Tonga; TR=Türkiye=Tyrkiet; TT=Trinidad & Tobago=Trinidad og Tobago; TV=Tuvalu;
TW=Taiwan; TZ=Tanzania; UA=Ukraine; UG=Uganda; UM=U.S. Outlying Islands=Amerikanske oversøiske øer;
US=United States=USA; UY=Uruguay; UZ=Uzbekistan=Usbekistan; VA=Vatican City=Vatikanstaten; VC=St.
Vincent & Grenadines=Saint Vincent og Grenadinerne; VE=Venezuela; VG=British Virgin Islands=De Britiske
Jomfruøer; VI=U.S. Virgin Islands=De Amerikanske Jomfruøer; VN=Vietnam; VU=Vanuatu; WF=Wallis &
Futuna=Wallis og Futuna; WS=Samoa; XK=Kosovo; YE=Yemen; YT=Mayotte; ZA=South Africa=Sydafrika;
ZM=Zambia; ZW=Zimbabwe
"""
"""Countries by code: the English name, and the Danish one where it is another (Unicode CLDR)."""
