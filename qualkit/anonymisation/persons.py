"""Words that stand for somebody: pronouns, kin, children by their place in a row; Norwegian with dialects, English."""

from __future__ import annotations

PRONOUNS = "jeg|eg|æ|ej|jei|je|han|hann|hun|ho|hu|hon|du|i|he|she"
"""One person, as a part of an expression over small letters."""

KIN = (
    r"(?:(?:lille|litle|vesle|vetle|store|tvilling|halv|ste|bonus|foster|svi[gk]er|olde|tipp|step|half-?|great-?|grand)-?)?"
    r"(?:mor|mora|moren|mamma|mammaen|far|faren|pappa|pappaen|bror|broren|brorsan|brodern|brorn|søster|søsteren|søstera|"
    r"syster|systera|sønn|sønnen|sønn|son|sonen|datter|dattera|datteren|dotter|dottera|jente|jenta|jenten|jentungen|"
    r"gutt|gutten|gut|guten|guttungen|gutongen|mann|mannen|kone|kona|kjerringa|kallen|samboer\w{0,2}|sambuar\w{0,2}|"
    r"kjæresten?|kjærasten?|typen|bestemor|bestemora|bestefar|mormor|morfar|farmor|farfar|besta|bestefaren|tante|tanta|"
    r"onkel|onkelen|nevø\w{0,2}|niese\w?|fetter\w{0,2}|kusin[ea]|barnebarn\w{0,2}|ungen|onga|onge|barnet|babyen|lillen|"
    r"eldste(?:mann|jenta|jenten|gutten|guten|sønnen|sonen|dattera|datteren)?|eldst|yngste(?:mann|jenta|jenten|gutten|"
    r"guten|sønnen|sonen|dattera|datteren)?|yngst|minst|minste(?:mann|jenta|gutten|guten)?|minsten|mellomste|"
    r"mellomst|dama|kara|karen|fyren|"
    r"mother|mum|mam|mom|mummy|father|dad|daddy|da|brother|bro|sister|son|daughter|lad|lass|boy|girl|kid|child|baby|"
    r"bairn|wean|husband|wife|hubby|partner|boyfriend|girlfriend|fianc[eé]e?|mother|father|gran|granny|nan|nana|nanna|"
    r"grandad|grandpa|grandma|granda|grandson|granddaughter|aunt|auntie|uncle|cousin|nephew|niece|toddler|eldest|oldest|youngest|"
    r"middle one|little one|older one|younger one|stepson|stepdaughter|stepdad|stepmum|mother-in-law|father-in-law)"
)
"""One relative, or one child of several."""

OWNED = r"(?:\s(?:min|mi|mitt|mett|vår|vårs|hans|hannes|hennes|hennar|henners|deres|dykkar|sin|si|hass|til\s\w{2,15}))?"
"""Whose relative it is, where that stands behind."""

SEVERAL = (
    r"(?:barn|barna|barnan|born|borna|unger|ungane|ungene|ungan|ungar|onga|ongane|gutter|guttene|guttan|gutar|gutane|"
    r"jenter|jentene|jentan|jentene|jentone|tvillinger|tvillingene|tvillingane|trillingene|sønner|sønnene|søner|sønene|"
    r"døtre|døtrene|dotrene|barnebarn|barnebarna|barneborn|søsken|søsknene|småtroll|tenåringer|"
    r"kids|children|boys|girls|lads|lasses|twins|triplets|sons|daughters|bairns|weans|little ones|grandkids|"
    r"grandchildren|grandsons|granddaughters|brothers|sisters|stepkids|stepchildren|teenagers|toddlers)"
)
"""Several children, brothers or sisters."""

SOMEBODY = (
    r"(?:mann|kvinne|kvinna|dame|kar|fyr|type|gubbe|kjerring|gutt|gut|jente|unge|onge|person|pasient|bruker|brukar|"
    r"kollega|venninne|kompis|kamerat|nabo|en|ein|ei|man|woman|guy|bloke|fella|lady|lad|lass|boy|girl|child|kid|person|"
    r"chap|gentleman|patient|student|baby|toddler|gutt|tenåring)"
)
"""Somebody who is told of without a name."""
