"""The article of a page without the site around it: title, date, publisher, index box, body, links.

Pages of any Chinese government site, by structure and meaning: first the containers and comment marks by which the
CMS families name their article bodies, then the densest part of the page between its title and its foot. A report
may be four lines or nothing but tables, so the search counts lines that are no links and no chrome, not only prose.
"""

from __future__ import annotations

from parsers.article.body import Article, extract_article
from parsers.article.files import is_attachment
from parsers.article.pictures import is_large_picture

__all__ = ["Article", "extract_article", "is_attachment", "is_large_picture"]
