"""The only place that knows Scrapy: fetch politely, keep every byte, hand documents to the parsers and the store."""
