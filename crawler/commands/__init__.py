"""The commands of nianbao beside those of Scrapy."""
